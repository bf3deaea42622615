import pytest
from django.utils.translation import override
from wagtail.models import Page

from courses.templatetags.prose_tags import prose
from courses.translation.ids import page_key


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<a href="/help/">x</a>', '<a href="/sv/help/">x</a>'),
        ('<a href="/documents/1/">x</a>', '<a href="/documents/1/">x</a>'),
        (
            '<a href="https://a.org/?b=1&amp;c=2">x</a>',
            '<a href="https://a.org/?b=1&amp;c=2" rel="noopener noreferrer">x</a>',
        ),
        ('<a href="tel:112">x</a>', '<a href="tel:112">x</a>'),
        ('<p data-block-key="a1b2c">x</p>', "<p>x</p>"),
    ],
)
def test_links_lead_where_the_reader_is(html, shown):
    with override("sv"):
        assert prose(html) == shown


def test_a_link_to_a_page_follows_the_language(loaded_hub, django_assert_num_queries):
    page = Page.objects.get(translation_key=page_key("privacy"), locale__language_code="en")
    html = f'<p><a id="{page.pk}" linktype="page">x</a> <a id="{page.pk}" linktype="page">y</a></p>'
    with override("sv"), django_assert_num_queries(2):  # the pages named, and those of the reader's language
        assert prose(html) == '<p><a href="/sv/privacy/">x</a> <a href="/sv/privacy/">y</a></p>'
    Page.objects.filter(translation_key=page.translation_key, locale__language_code="sv").update(live=False)
    with override("sv"):
        assert prose(html).startswith('<p><a href="/en/privacy/" hreflang="en">x</a>')


def test_a_link_to_a_page_that_is_gone_leads_nowhere(db):
    assert prose('<a id="999" linktype="page">x</a>') == "<a>x</a>"
