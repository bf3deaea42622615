import pytest
from django.core.management import CommandError, call_command

from hub.certificates import keys


def listed(capsys):
    call_command("badge_keys", "list")
    return [line.split(maxsplit=1)[1] for line in capsys.readouterr().out.splitlines()]


def test_a_hub_without_keys_makes_its_first(settings):
    name, private = keys.signing_key()
    assert list(keys.public_keys()) == [name]
    assert b"PRIVATE" in private
    assert (settings.BADGE_KEYS / f"{name}.pem").stat().st_mode & 0o777 == 0o600


def test_after_rotating_the_new_one_signs_and_the_old_can_only_check(settings, capsys):
    call_command("badge_keys", "make")
    old, _private = keys.signing_key()
    call_command("badge_keys", "rotate")
    new, _private = keys.signing_key()
    assert list(keys.public_keys()) == [new, old]
    assert not (settings.BADGE_KEYS / f"{old}.pem").exists()
    capsys.readouterr()
    assert listed(capsys) == ["signs", "can only check"]


def test_a_second_make_is_refused():
    call_command("badge_keys", "make")
    with pytest.raises(CommandError, match="rotate"):
        call_command("badge_keys", "make")
