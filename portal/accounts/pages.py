"""What the pages of accounts share: their frame, and forms that are shown again when refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.ledger.account_records import Account
from geodata.ledger.passwords import LEAST_LENGTH
from geodata.text_io import readable_text
from portal.accounts.browser_session import current_account
from portal.app_state import current_store
from portal.error_handlers import error_document, status_of
from portal.language import current_language
from portal.urls import page_url


def office_page(template: str, fault: InvalidInput | None = None, **values: object) -> Response:
    """A page in the frame of ``office_base.html``.

    Parameters
    ----------
    fault
        Why a form was refused; its ``where`` names the field, beside which it is shown.
    """
    refused = error_document(*status_of(fault), fault)["error"] if fault else None
    page = render_template(
        template, account=current_account(), refused=refused, least_length=LEAST_LENGTH, **values
    )
    return make_response(page, status_of(fault)[0] if fault else 200)


def answer_form(
    draw: Callable[[InvalidInput | None], Response], act: Callable[[], BaseResponse]
) -> BaseResponse:
    """Draw a page, or do what its form asks; refused, the page is drawn again and says why.

    Parameters
    ----------
    draw
        Makes the page; called with the refusal after a form.
    act
        Does what the form asks and leads on.
    """
    if request.method != "POST":
        return draw(None)
    try:
        return act()
    except InvalidInput as fault:
        return draw(fault)


def lead_to(path: str, query: Mapping[str, str] | None = None) -> BaseResponse:
    """To a page of the portal after a form, in the reader's language."""
    return redirect(page_url(path, current_language(), query), 303)


def field(name: str) -> str:
    """A field of the form that was sent, without blanks around it.

    Raises
    ------
    InvalidInput
        It holds a control character.
    """
    return readable_text(request.form.get(name, "").strip(), name)


def refilled(name: str) -> str:
    """What was sent in a field, to stand in the form that is drawn again; empty before a form.

    Without the control characters for which it may have been refused.
    """
    typed = request.form.get(name, "").strip()
    return "".join(sign for sign in typed if sign.isprintable() or sign in "\r\n\t")


def typed_password(name: str = "password") -> str:
    """The new password of a form, which has it twice.

    Raises
    ------
    InvalidInput
        The two differ.
    """
    password = request.form.get(name, "")
    if password != request.form.get(f"{name}_again", ""):
        raise InvalidInput(Message("The two passwords differ"), where=f"{name}_again")
    return password


def area_names(account: Account) -> list[str]:
    """The communes of an editor by name; empty for who may write for all."""
    store, language = current_store(), current_language()
    known = {unit.unit_id: unit for unit in store.units(level="commune").items}
    ids = sorted(account.communes or ())
    return [known[each].full_name[language] if each in known else each for each in ids]
