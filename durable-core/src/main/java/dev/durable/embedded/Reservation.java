package dev.durable.embedded;

import dev.durable.store.Append;

/**
 * Positions of a journal that somebody else than its queue writes to.
 *
 * @param batch what goes there
 * @param draft the draft that was added for the reservation
 * @param append what is to be written
 */
record Reservation(Batch batch, EventDraft draft, Append append) {

}
