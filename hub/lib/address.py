"""Where a request comes from. Used for counting attempts only; no address is kept longer than a counter's window, nor in the clear."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings

UNKNOWN = "0.0.0.0"  # a request without a readable address counts with all others of its kind


def client_address(request):
    """The address that the outermost trusted proxy saw.

    Whatever a client writes into X-Forwarded-For stands to the left of what our proxies add: only the entry that many places from
    the right is believed (settings.ALLAUTH_TRUSTED_PROXY_COUNT), and without proxies none.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = request.headers.get("x-forwarded-for", "").split(",")
    if 0 < proxies <= len(forwarded) and (address := readable(forwarded[-proxies])):
        return address
    return readable(request.META.get("REMOTE_ADDR", "")) or UNKNOWN


def readable(text):
    """An address in its shortest form, without port; None for anything else."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def household(address):
    """What one line is given: an IPv4 address, or the first 64 bits of an IPv6 one."""
    return address if ip_address(address).version == 4 else str(ip_network(f"{address}/64", strict=False))


def neighbourhood(address):
    """What one provider is given at a time: 256 addresses of IPv4, or the first 48 bits of an IPv6 one."""
    bits = 24 if ip_address(address).version == 4 else 48
    return str(ip_network(f"{address}/{bits}", strict=False))
