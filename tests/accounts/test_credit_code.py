import pytest

from weihai_transfer.lib.credit_code import fault

PUBLISHED = ("91440300708461136T", "91330100799655058B", "914403001922038216")


@pytest.mark.parametrize("code", PUBLISHED)
def test_a_published_code_is_right(code):
    assert fault(code) == ""


@pytest.mark.parametrize("code", PUBLISHED)
@pytest.mark.parametrize("place", range(17))
def test_every_single_wrong_letter_is_found(code, place):
    wrong = code[:place] + ("2" if code[place] != "2" else "3") + code[place + 1 :]
    assert "校验位不对" in fault(wrong)


def test_two_letters_in_the_wrong_order_are_found():
    assert "校验位不对" in fault("91440300784061136T")


@pytest.mark.parametrize(
    ("code", "words"), [("9144030070846113", "16 位"), ("9144030070846113IT", "“I”"), ("", "0 位")]
)
def test_what_cannot_be_a_code_is_said(code, words):
    assert words in fault(code)
