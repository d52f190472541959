-- What happened of a day, whoever did it, wherever: for who watches over it.
CREATE INDEX event_at ON event (at, lane, seq);
