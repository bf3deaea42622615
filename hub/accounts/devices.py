"""A browser's own name for itself, in two words a person knows; and an account's name for what is kept on a device."""

from django.utils.crypto import salted_hmac

# What to look for, in this order: most browsers also name those they come from.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "FxiOS/": "Firefox",
    "Firefox/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


def device_in_words(user_agent):
    """`Firefox, Android`; what is not known is left out."""
    found = (first_named(names, user_agent or "") for names in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found)) or "–"


def first_named(names, user_agent):
    return next((name for sign, name in names.items() if sign in user_agent), None)


def account_on_device(user):
    """The same for every sign-in of hers, and it tells nothing to whoever finds it on a device."""
    return salted_hmac("hub.accounts.devices", str(user.pk), algorithm="sha256").hexdigest()[:32]
