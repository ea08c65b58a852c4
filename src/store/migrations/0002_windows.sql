ALTER TABLE `launch` ADD `window` text;--> statement-breakpoint
ALTER TABLE `loop` ADD `window` text;