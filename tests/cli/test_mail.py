"""Commands about mail: whether it is sent, and what is not."""

from tests.cli.administrator import Administrator
from tests.notifications.post_office import post_office


def test_a_message_is_sent_and_the_command_says_what_the_server_answered(admin: Administrator) -> None:
    with post_office() as (office, port):
        mail = {"SMTP_URL": f"smtp://127.0.0.1:{port}", "MAIL_FROM": "granska@alvby.example"}
        told = admin.does("mail", "test", "carin@alvby.example", **mail)
        office.refusals = {"no@alvby.example": "550 No such user"}
        refused = admin.run("mail", "test", "no@alvby.example", **mail)
    assert told == "127.0.0.1 took the message for carin@alvby.example.\n"
    assert office.messages[0]["Subject"] == "Provmeddelande från översättningsverktyget"
    assert refused.exit_code == 1
    assert refused.stderr == "review-app: The mail server 127.0.0.1 refuses the message (code 550).\n"


def test_without_a_mail_server_it_says_what_to_set(admin: Administrator) -> None:
    assert "REVIEW_APP_SMTP_URL" in admin.fails("mail", "test", "carin@alvby.example")
    assert admin.does("mail", "waiting") == ""
