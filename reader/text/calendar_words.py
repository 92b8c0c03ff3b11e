"""The words that dates are written with: months, weekdays, labels and time zones.

Lower case, from left to right: English and other Germanic, Romance, Finnish, Slavic, Baltic,
Hungarian, Greek, Turkish and Indonesian words, then other scripts. Accents do not matter:
``reader.text.dates`` takes them from both sides.
"""

MONTHS = (
    """
    january jan januari januar jänner janvier janv enero ene gennaio gen janeiro gener ianuarie
    ian tammikuuta stycznia styczeń sty ledna leden januára siječnja января январь янв січня
    січень януари јануар sausio janvāris január ιανουαρίου ιανουάριος ιαν ocak oca يناير جانفي
    كانونالثاني ژانویه ינואר בינואר जनवरी জানুয়ারি ஜனவரி มกราคม ม.ค
    """,
    """
    february feb februari februar feber février fevr févr fev febrero febbraio fevereiro febrer
    februarie helmikuuta lutego luty lut února únor februára veljače февраля февраль фев лютого
    лютий февруари фебруар vasario februāris február φεβρουαρίου φεβρουάριος φεβ şubat şub
    فبراير فيفري شباط فوریه פברואר בפברואר फरवरी ফেব্রুয়ারি பிப்ரவரி กุมภาพันธ์ ก.พ
    """,
    """
    march mar maart mrt märz maerz mrz mars marts marzo março març martie maaliskuuta marca
    marzec března březen ožujka марта март березня березень kovo március μαρτίου μάρτιος μαρ
    mart maret مارس آذار מרץ במרץ मार्च মার্চ மார்ச் มีนาคม มี.ค
    """,
    """
    april apr avril avr abril abr aprile aprilie huhtikuuta kwietnia kwiecień kwi dubna duben
    apríla travnja апреля апрель апр квітня квітень април balandžio aprīlis április απριλίου
    απρίλιος απρ nisan nis أبريل ابريل أفريل نيسان آوریل אפריל באפריל अप्रैल এপ্রিল ஏப்ரல் เมษายน เม.ย
    """,
    """
    may mei mai mayo maggio mag maio maig maj toukokuuta maja května květen svibnja мая май маи
    травня травень мај gegužės maijs május μαΐου μάιος μαι mayıs مايو ماي أيار مه מאי במאי मई মে
    மே พฤษภาคม พ.ค
    """,
    """
    june jun juni juin junio giugno giu junho juny iunie iun kesäkuuta czerwca czerwiec cze
    června červen júna lipnja июня июнь июн червня червень јун birželio jūnijs június ιουνίου
    ιούνιος ιουν haziran haz يونيو يونية جوان حزيران ژوئن יוני ביוני जून জুন ஜூன் มิถุนายน มิ.ย
    """,
    """
    july jul juli juillet juil julio luglio lug julho juliol iulie iul heinäkuuta lipca lipiec
    lip července červenec júla srpnja июля июль июл липня липень јул liepos jūlijs július
    ιουλίου ιούλιος ιουλ temmuz tem يوليو يولية جويلية تموز ژوئیه יולי ביולי जुलाई জুলাই ஜூலை กรกฎาคม
    ก.ค
    """,
    """
    august aug augustus août aout agosto ago agost elokuuta sierpnia sierpień sie srpna srpen
    augusta kolovoza августа август авг серпня серпень rugpjūčio augusts augusztus αυγούστου
    αύγουστος αυγ ağustos ağu agustus agu أغسطس اغسطس أوت اوت آب אוגוסט באוגוסט अगस्त আগস্ট ஆகஸ்ட்
    สิงหาคม ส.ค
    """,
    """
    september sep sept septembre septiembre settembre set setembro setembre septembrie syyskuuta
    września wrzesień wrz září septembra rujna сентября сентябрь сен вересня вересень септември
    септембар rugsėjo septembris szeptember σεπτεμβρίου σεπτέμβριος σεπ eylül eyl سبتمبر أيلول
    سپتامبر ספטמבר בספטמבר सितंबर सितम्बर সেপ্টেম্বর செப்டம்பர் กันยายน ก.ย
    """,
    """
    october oct oktober okt octobre octubre ottobre ott outubro out octombrie lokakuuta
    października październik paź října říjen októbra oktobra октября октябрь окт жовтня жовтень
    октомври октобар spalio oktobris október οκτωβρίου οκτώβριος οκτ ekim eki أكتوبر اكتوبر
    تشرينالأول اکتبر אוקטובר באוקטובר अक्टूबर অক্টোবর அக்டோபர் ตุลาคม ต.ค
    """,
    """
    november nov novembre noviembre novembro noiembrie marraskuuta listopada listopad lis
    novembra studenoga ноября ноябрь ноя листопада листопад ноември новембар lapkričio novembris
    νοεμβρίου νοέμβριος νοε kasım kas نوفمبر تشرينالثاني نوامبر נובמבר בנובמבר नवंबर नवम्बर
    নভেম্বর நவம்பர் พฤศจิกายน พ.ย
    """,
    """
    december dec dezember dez décembre déc diciembre dic dicembre dezembro desembre desember des
    decembrie joulukuuta grudnia grudzień gru prosince prosinec decembra prosinca декабря
    декабрь дек грудня грудень декември децембар gruodžio decembris δεκεμβρίου δεκέμβριος δεκ
    aralık ara ديسمبر كانونالأول دسامبر דצמבר בדצמבר दिसंबर दिसम्बर ডিসেম্বর டிசம்பர் ธันวาคม ธ.ค
    """,
)
"""Names and short forms of the months, January first."""

WEEKDAYS = """
    monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat
    sunday sun maandag ma dinsdag di woensdag wo donderdag do vrijdag vr zaterdag za zondag zo
    montag dienstag mittwoch mi donnerstag freitag fr samstag sonnabend sonntag so lundi lun
    mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim lunes martes mié
    miércoles jueves jue viernes vie sábado sáb domingo dom lunedì martedì mercoledì giovedì gio
    venerdì sabato domenica segunda-feira segunda seg terça-feira terça ter quarta-feira quarta
    qua quinta-feira quinta qui sexta-feira sexta sex feira mandag måndag mån tirsdag tisdag tis
    onsdag ons torsdag tor fredag fre lørdag lördag lør søndag söndag søn poniedziałek wtorek
    środa czwartek piątek sobota niedziela pon wt śr czw pt sob nd pondělí úterý středa čtvrtek
    pátek neděle понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб
    вс понеділок вівторок середа четвер пʼятниця субота неділя δευτέρα τρίτη τετάρτη πέμπτη
    παρασκευή σάββατο κυριακή pazartesi salı çarşamba perşembe cuma cumartesi pazar hétfő kedd
    szerda csütörtök péntek szombat vasárnap senin selasa rabu kamis jumat sabtu minggu الاثنين
    الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد יום שני שלישי רביעי חמישי שישי שבת ראשון
"""

LABELS = """
    published publish posted post updated update modified last first created date dated written
    on at the of by time hrs hours hour ago and edited issued released release gepubliceerd
    geplaatst bijgewerkt laatst gewijzigd laatste datum op om uur de het van aangemaakt
    geschreven veröffentlicht aktualisiert erstellt stand zuletzt geändert am um uhr vom den der
    publié publiée modifié mis mise à jour le la l du heure heures h publicado publicada
    actualizado actualizada fecha el del a las horas hora hs pubblicato pubblicata aggiornato
    aggiornata il alle ore data di atualizado atualizada em às as do dia publicerad publicerat
    uppdaterad kl klokken klockan publisert oppdatert publiceret opdateret i julkaistu
    päivitetty klo opublikowano dodano aktualizacja dnia r godz o utworzono zveřejněno
    publikováno v опубликовано обновлено дата г года в от δημοσιεύτηκε ενημερώθηκε στις
    yayınlanma güncelleme tarihi saat diterbitkan نشر في نشرت تاريخ النشر آخر تحديث الساعة م ه
    פורסם עודכן בתאריך בשעה 发布 发布于 发表于 更新 更新于 时间 日期 公開 公開日 投稿日 更新日
    投稿 作成日 게시 게시일 입력 수정 등록 작성일
"""
"""Words that may stand beside a date on a line that is only a date."""

ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "bst": 60, "west": 60, "cet": 60, "met": 60, "mez": 60, "wat": 60,
    "cest": 120, "mest": 120, "mesz": 120, "eet": 120, "sast": 120, "cat": 120,
    "eest": 180, "msk": 180, "trt": 180, "eat": 180, "irst": 210, "gst": 240,
    "pkt": 300, "ist": 330, "npt": 345, "wib": 420, "ict": 420,
    "sgt": 480, "hkt": 480, "pht": 480, "awst": 480, "jst": 540, "kst": 540,
    "acst": 570, "aest": 600, "acdt": 630, "aedt": 660, "nzst": 720, "nzdt": 780,
    "brt": -180, "art": -180, "nst": -210, "ndt": -150, "ast": -240, "adt": -180,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600,
}  # fmt: skip
"""Minutes east of Greenwich; what RFC 822 names (EST, CST ...) has its American meaning."""
