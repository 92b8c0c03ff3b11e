"""The only room that opens a socket: fetching, courtesy to hosts, discovery, secrets."""
