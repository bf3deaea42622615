import pytest
from django.test import RequestFactory

from hub.lib.address import client_address, household, neighbourhood


def request(forwarded=None, remote="10.0.0.1"):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **headers)


def test_without_a_trusted_proxy_what_a_client_says_is_ignored(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert client_address(request("203.0.113.9")) == "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        (1, "203.0.113.9:5123", "203.0.113.9"),
        (1, "[2001:db8::7]:443", "2001:db8::7"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_outermost_trusted_proxy_is_believed(settings, proxies, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert client_address(request(forwarded)) == address


@pytest.mark.parametrize("forwarded", [None, "", "not an address", "1.1.1.1, nonsense", "9" * 5_000])
def test_without_a_readable_entry_the_connection_itself_counts(settings, forwarded):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client_address(request(forwarded)) == "10.0.0.1"


def test_fewer_entries_than_proxies_are_not_believed(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert client_address(request("203.0.113.9")) == "10.0.0.1"


def test_a_connection_without_address_counts_as_one_of_its_kind():
    assert client_address(request(remote="")) == "0.0.0.0"


def test_who_can_change_her_address_within_a_network_is_still_one():
    assert household("2001:db8:1:2:3:4:5:6") == household("2001:db8:1:2::1") == "2001:db8:1:2::/64"
    assert neighbourhood("2001:db8:1:2::1") == "2001:db8:1::/48"
    assert household("203.0.113.9") == "203.0.113.9"
    assert neighbourhood("203.0.113.9") == "203.0.113.0/24"
