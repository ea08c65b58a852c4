-- Full-text search over todos and artifacts. External content: the text is not stored twice, and the
-- triggers keep the index true for every write, by whatever path. drizzle-kit knows no virtual tables.
CREATE VIRTUAL TABLE todo_text USING fts4(content="todo", title, description, tokenize=unicode61);
--> statement-breakpoint
CREATE TRIGGER todo_text_before_update BEFORE UPDATE ON todo WHEN old.title IS NOT new.title OR old.description IS NOT new.description
BEGIN DELETE FROM todo_text WHERE docid = old.row_number; END;
--> statement-breakpoint
CREATE TRIGGER todo_text_before_delete BEFORE DELETE ON todo
BEGIN DELETE FROM todo_text WHERE docid = old.row_number; END;
--> statement-breakpoint
CREATE TRIGGER todo_text_after_update AFTER UPDATE ON todo WHEN old.title IS NOT new.title OR old.description IS NOT new.description
BEGIN INSERT INTO todo_text(docid, title, description) VALUES (new.row_number, new.title, new.description); END;
--> statement-breakpoint
CREATE TRIGGER todo_text_after_insert AFTER INSERT ON todo
BEGIN INSERT INTO todo_text(docid, title, description) VALUES (new.row_number, new.title, new.description); END;
--> statement-breakpoint
CREATE VIRTUAL TABLE artifact_text USING fts4(content="artifact", title, content, tokenize=unicode61);
--> statement-breakpoint
CREATE TRIGGER artifact_text_before_update BEFORE UPDATE ON artifact WHEN old.title IS NOT new.title OR old.content IS NOT new.content
BEGIN DELETE FROM artifact_text WHERE docid = old.row_number; END;
--> statement-breakpoint
CREATE TRIGGER artifact_text_before_delete BEFORE DELETE ON artifact
BEGIN DELETE FROM artifact_text WHERE docid = old.row_number; END;
--> statement-breakpoint
CREATE TRIGGER artifact_text_after_update AFTER UPDATE ON artifact WHEN old.title IS NOT new.title OR old.content IS NOT new.content
BEGIN INSERT INTO artifact_text(docid, title, content) VALUES (new.row_number, new.title, new.content); END;
--> statement-breakpoint
CREATE TRIGGER artifact_text_after_insert AFTER INSERT ON artifact
BEGIN INSERT INTO artifact_text(docid, title, content) VALUES (new.row_number, new.title, new.content); END;
