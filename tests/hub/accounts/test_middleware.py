def test_the_editor_speaks_the_language_of_her_account(small_hub, editor_el, sign_in):
    client = sign_in(editor_el)
    answer = client.get("/editor/", headers={"accept-language": "sv"})
    assert answer.headers["Content-Language"] == "el"
    assert '<html lang="el"' in answer.content.decode()
    editor_el.language = "hu"
    editor_el.save(update_fields=["language"])
    assert client.get("/editor/").headers["Content-Language"] == "hu"


def test_a_page_of_the_hub_keeps_the_language_of_its_address(editor_el, sign_in):
    assert sign_in(editor_el).get("/hu/accounts/").headers["Content-Language"] == "hu"
