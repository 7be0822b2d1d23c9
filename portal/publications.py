"""Writing to the ledger and showing it: what pages, programs and the command line call.

What is written to the ledger holds. If the store cannot be brought up to it at once (a full disk,
another command that writes), the readers see the old state a while longer, and the next start,
publication or command makes up for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine

from geodata.errors import InvalidInput, PortalError
from geodata.ledger.account_rights import require_units
from geodata.ledger.correcting import correct, correct_within, undo, undo_within
from geodata.ledger.database import rehearsal
from geodata.ledger.derived_figures import DerivedFigures, verify_open_periods
from geodata.ledger.ledger_records import (
    EntryRequest,
    FigureCorrection,
    PublicationRequest,
    Receipt,
    RightsCheck,
)
from geodata.ledger.list_content import ListContent
from geodata.ledger.list_publishing import prepare_list_publication, publish_list
from geodata.ledger.publishing import (
    prepare_derived,
    prepare_publication,
    publish,
    publish_derived,
)
from geodata.ledger.redefining import DefinitionChange, redefine, redefine_within
from geodata.ledger.served_dataset import ServedDataset, read_served_dataset
from geodata.ledger.served_store import refresh_store
from geodata.store import Store
from geodata.table_import.column_records import NewIndicator
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.report_records import ImportReport
from portal.app_state import store_path
from portal.catalogue_checks import check_symbology
from portal.config import Settings


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """What was written, and whether readers see it.

    Parameters
    ----------
    receipt
        The entry of the ledger.
    delayed
        Why the store still shows the state before; None where it shows the new one.
    """

    receipt: Receipt
    delayed: PortalError | None = None


def rights_of(store: Store, account_id: str) -> RightsCheck:
    """The question whether an account may write for units, to be asked in the transaction."""

    def check(connection: Connection, units: Collection[str]) -> None:
        require_units(connection, store, account_id, units)

    return check


@dataclass(frozen=True, slots=True)
class PublicationService:
    """The ledger and the store of an instance, for whoever writes.

    Parameters
    ----------
    settings
        Of the instance.
    ledger
        `portal.ledger_engine.current_ledger`, or `geodata.ledger.database.open_ledger`.
    store
        The served store, as the account saw it.
    """

    settings: Settings
    ledger: Engine
    store: Store

    def publish(
        self, report: ImportReport, request: PublicationRequest, may: RightsCheck
    ) -> WriteOutcome:
        """Publish a table; see `geodata.ledger.publishing.publish`.

        Raises
        ------
        InvalidInput
            Also where the symbology of a new indicator does not work.
        """
        self._verify_symbology(report.answers.new_indicators)
        return self._shown(lambda: publish(self.ledger, self.store, report, request, may))

    def publish_derived(
        self, derived: DerivedFigures, request: PublicationRequest, may: RightsCheck
    ) -> WriteOutcome:
        """Publish computed figures; see `geodata.ledger.publishing.publish_derived`.

        Raises
        ------
        InvalidInput
            Also where the symbology of a new indicator does not work or a period is closed.
        """
        verify_open_periods(derived, self.settings.closed)
        self._verify_symbology(derived.new_indicators)
        return self._shown(lambda: publish_derived(self.ledger, self.store, derived, request, may))

    def publish_list(
        self, content: ListContent, request: PublicationRequest, may: RightsCheck
    ) -> WriteOutcome:
        """Publish places or villages; see `geodata.ledger.list_publishing.publish_list`."""
        shipped = self.served_dataset().shipped
        return self._shown(lambda: publish_list(self.ledger, shipped, content, request, may))

    def check_list(
        self, content: ListContent, request: PublicationRequest, may: RightsCheck
    ) -> None:
        """Raise what `publish_list` would raise, and write nothing."""
        shipped = self.served_dataset().shipped
        write = prepare_list_publication(shipped, content, request, may)
        with rehearsal(self.ledger) as connection:
            write(connection)

    def served_dataset(self) -> ServedDataset:
        """What lists are held against."""
        return read_served_dataset(self.ledger, self.settings.dataset)

    def correct(
        self, correction: FigureCorrection, request: EntryRequest, may: RightsCheck
    ) -> WriteOutcome:
        """Correct one figure; see `geodata.ledger.correcting.correct`."""
        return self._shown(lambda: correct(self.ledger, self.store, correction, request, may))

    def redefine(
        self, change: DefinitionChange, request: EntryRequest, may: RightsCheck
    ) -> WriteOutcome:
        """Define an indicator otherwise; see `geodata.ledger.redefining.redefine`.

        Raises
        ------
        InvalidInput
            Also where its symbology does not work.
        """
        self._verify_symbology([change.new])
        return self._shown(lambda: redefine(self.ledger, self.store, change, request, may))

    def undo(
        self, number: int, request: EntryRequest, may: RightsCheck, *, seen: int | None = None
    ) -> WriteOutcome:
        """Take a revision back; see `geodata.ledger.correcting.undo`."""
        return self._shown(lambda: undo(self.ledger, number, request, may, seen=seen))

    def check_publication(
        self, report: ImportReport, request: PublicationRequest, may: RightsCheck
    ) -> None:
        """Raise what `publish` would raise, and write nothing."""
        self._verify_symbology(report.answers.new_indicators)
        write = prepare_publication(self.store, report, request, may)
        with rehearsal(self.ledger) as connection:
            write(connection)

    def check_derived(
        self, derived: DerivedFigures, request: PublicationRequest, may: RightsCheck
    ) -> None:
        """Raise what `publish_derived` would raise, and write nothing."""
        verify_open_periods(derived, self.settings.closed)
        self._verify_symbology(derived.new_indicators)
        write = prepare_derived(self.store, derived, request, may)
        with rehearsal(self.ledger) as connection:
            write(connection)

    def check_correction(
        self, correction: FigureCorrection, request: EntryRequest, may: RightsCheck
    ) -> None:
        """Raise what `correct` would raise, and write nothing."""
        with rehearsal(self.ledger) as connection:
            correct_within(connection, self.store, correction, request, may)

    def check_redefinition(
        self, change: DefinitionChange, request: EntryRequest, may: RightsCheck
    ) -> None:
        """Raise what `redefine` would raise, and write nothing."""
        self._verify_symbology([change.new])
        with rehearsal(self.ledger) as connection:
            redefine_within(connection, self.store, change, request, may)

    def check_undo(self, number: int, request: EntryRequest, may: RightsCheck) -> None:
        """Raise what `undo` would raise, and write nothing."""
        with rehearsal(self.ledger) as connection:
            undo_within(connection, number, request, may)

    def refresh(self) -> PortalError | None:
        """Bring the store up to the ledger; why that failed, None where it did not."""
        try:
            refresh_store(self.ledger, store_path(self.settings), self.settings.dataset)
        except PortalError as fault:
            return fault
        return None

    def _shown(self, write: Callable[[], Receipt]) -> WriteOutcome:
        receipt = write()
        return WriteOutcome(receipt, self.refresh())

    def _verify_symbology(self, new: Iterable[NewIndicator]) -> None:
        made = {one.indicator.id: one.indicator for one in new}
        for fault in check_symbology(replace(StoreFacts(self.store).catalogue, indicators=made)):
            raise InvalidInput(fault.what, fault.found, fault.allowed, fault.remedy, fault.where)
