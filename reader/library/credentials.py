"""The verbs on what single feeds' servers want to see; no secret ever comes out here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.door import Door
from reader.model.feed import KeptSecret
from reader.model.records import replace
from reader.text.terminal import clean_line

if TYPE_CHECKING:
    from reader.net.secrets import Secret, Secrets


class SecretVerbs(Door):
    """User names, passwords, headers and cookies of feeds, one at a time."""

    def kept_secret(self, feed_id: int) -> KeptSecret:
        """What is kept for a feed, without the secrets themselves. Raises ``SecretsUnusable``."""
        secret = self._secret(feed_id)
        return KeptSecret(
            user=clean_line(secret.user, 200),
            password=bool(secret.password),
            headers=tuple(clean_line(name, 200) for name, _ in secret.headers),
            cookies=bool(secret.cookies),
        )

    def change_secret(
        self,
        feed_id: int,
        *,
        user: str | None = None,
        password: str | None = None,
        cookies: str | None = None,
        header: tuple[str, str] | None = None,
    ) -> KeptSecret:
        """Change one thing that is kept for a feed; "" forgets it, and so does a header's.

        What is not given stays as it is. Raises ``SecretsUnusable`` where it cannot be kept
        safely.
        """
        secret = self._secret(feed_id)
        if user is not None:
            secret = replace(secret, user=user)
        if password is not None:
            secret = replace(secret, password=password)
        if cookies is not None:
            secret = replace(secret, cookies=cookies)
        if header is not None:
            name, value = header
            others = [one for one in secret.headers if one[0].lower() != name.lower()]
            secret = replace(secret, headers=(*others, *([header] if value else [])))
        secrets, key = self._secrets(feed_id)
        if secret.user or secret.password or secret.cookies or secret.headers:
            secrets.put(key, secret)
        else:
            secrets.remove(key)
        return self.kept_secret(feed_id)

    def _secret(self, feed_id: int) -> Secret:
        from reader.net.secrets import Secret

        secrets, key = self._secrets(feed_id)
        return secrets.get(key) or Secret()

    def _secrets(self, feed_id: int) -> tuple[Secrets, str]:
        # Imported late: most feeds have no secrets.
        from reader.net.secrets import Secrets
        from reader.update.options import secret_key

        return Secrets(self._options().secrets), secret_key(feed_id)
