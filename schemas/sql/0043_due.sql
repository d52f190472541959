-- Lists by due date, of all who may see much of a form: in the order of the
-- list, until the page is full.
CREATE INDEX document_due ON document (form, due, id);
