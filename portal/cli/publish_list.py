"""`portal data publish` of a list of places or villages."""

from __future__ import annotations

from geodata.i18n import Language
from geodata.ledger.ledger_records import PublicationRequest
from geodata.ledger.list_content import ListContent
from geodata.ledger.list_publishing import plan_list_publication
from geodata.ledger.served_dataset import ServedDataset
from geodata.list_import.list_report import ListReport
from portal.cli.ledger_commands import (
    LedgerSession,
    print_outcome,
    tell_dry_run,
)
from portal.cli.list_lines import print_list_report
from portal.publications import rights_of


def publish_list_report(
    session: LedgerSession,
    report: ListReport,
    content: ListContent,
    request: PublicationRequest,
    served: ServedDataset,
    *,
    write: bool,
    as_json: bool,
    language: Language,
) -> None:
    """Publish a list that stands in nothing's way, or say what that would change."""
    may = rights_of(session.service.store, request.writer.account_id)
    plan = plan_list_publication(session.ledger, served.shipped, content)
    if not write:
        session.service.check_list(content, request, may)
        print_list_report(report, language, as_json, plan)
        tell_dry_run(as_json, language)
        return
    print_outcome(session.service.publish_list(content, request, may), as_json, language)
