CREATE TABLE `log_chunk` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`agent_id` text NOT NULL,
	`agent_name` text NOT NULL,
	`session_number` integer NOT NULL,
	`kind` text NOT NULL,
	`content` text NOT NULL,
	`time` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `log_chunk_agent` ON `log_chunk` (`agent_id`,`sequence`);