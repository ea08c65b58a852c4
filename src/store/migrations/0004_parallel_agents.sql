CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL,
	`label` text NOT NULL,
	`kind` text NOT NULL,
	`variables` text NOT NULL,
	`is_exhausted` integer NOT NULL,
	`exhausted_until` text,
	`exhausted_reason` text,
	`last_used_at` text,
	`sort_order` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `account_order` ON `account` (`provider`,`sort_order`,`id`);--> statement-breakpoint
CREATE TABLE `merge` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text,
	`session_id` text,
	`sprint_id` text,
	`todo_id` text,
	`agent_id` text,
	`repository_id` text,
	`level` text NOT NULL,
	`agent_name` text,
	`worktree_id` text,
	`repository_path` text NOT NULL,
	`source` text NOT NULL,
	`target` text NOT NULL,
	`title` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`files` text NOT NULL,
	`conflict_todo_id` text,
	`merged_commit` text,
	`requested_by` text NOT NULL,
	`approved_by` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`project_id`) REFERENCES `project`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`sprint_id`) REFERENCES `sprint`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`todo_id`) REFERENCES `todo`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`agent_id`) REFERENCES `agent`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`repository_id`) REFERENCES `repository`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`worktree_id`) REFERENCES `worktree`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`conflict_todo_id`) REFERENCES `todo`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `merge_order` ON `merge` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `merge_status` ON `merge` (`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `merge_project` ON `merge` (`project_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `merge_session` ON `merge` (`session_id`);--> statement-breakpoint
CREATE INDEX `merge_sprint` ON `merge` (`sprint_id`);--> statement-breakpoint
CREATE INDEX `merge_todo` ON `merge` (`todo_id`);--> statement-breakpoint
CREATE INDEX `merge_conflict_todo` ON `merge` (`conflict_todo_id`);--> statement-breakpoint
CREATE INDEX `merge_agent` ON `merge` (`agent_id`);--> statement-breakpoint
CREATE INDEX `merge_worktree` ON `merge` (`worktree_id`);--> statement-breakpoint
CREATE INDEX `merge_repository` ON `merge` (`repository_id`);--> statement-breakpoint
CREATE TABLE `worktree` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text,
	`session_id` text,
	`sprint_id` text,
	`todo_id` text,
	`agent_id` text,
	`repository_id` text,
	`agent_name` text NOT NULL,
	`repository_path` text,
	`path` text NOT NULL,
	`branch` text NOT NULL,
	`base_branch` text NOT NULL,
	`base_commit` text,
	`status` text NOT NULL,
	`reason` text,
	`uncommitted` integer,
	`unmerged` integer,
	`size_bytes` integer,
	`checked_at` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`removed_at` text,
	FOREIGN KEY (`project_id`) REFERENCES `project`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`sprint_id`) REFERENCES `sprint`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`todo_id`) REFERENCES `todo`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`agent_id`) REFERENCES `agent`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`repository_id`) REFERENCES `repository`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `worktree_order` ON `worktree` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `worktree_status` ON `worktree` (`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `worktree_project` ON `worktree` (`project_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `worktree_session` ON `worktree` (`session_id`);--> statement-breakpoint
CREATE INDEX `worktree_sprint` ON `worktree` (`sprint_id`);--> statement-breakpoint
CREATE INDEX `worktree_todo` ON `worktree` (`todo_id`);--> statement-breakpoint
CREATE INDEX `worktree_agent` ON `worktree` (`agent_id`);--> statement-breakpoint
CREATE INDEX `worktree_repository` ON `worktree` (`repository_id`);--> statement-breakpoint
CREATE INDEX `worktree_path` ON `worktree` (`path`);--> statement-breakpoint
CREATE TABLE `proposal` (
	`id` text PRIMARY KEY NOT NULL,
	`agent_id` text,
	`agent_name` text NOT NULL,
	`project_id` text,
	`session_id` text,
	`target` text NOT NULL,
	`target_id` text,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`content` text NOT NULL,
	`metadata` text NOT NULL,
	`sort_order` integer NOT NULL,
	`status` text NOT NULL,
	`base` text,
	`result_id` text,
	`decided_by` text,
	`decided_at` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`agent_id`) REFERENCES `agent`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`project_id`) REFERENCES `project`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `proposal_order` ON `proposal` (`created_at`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `proposal_status` ON `proposal` (`status`,`created_at`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `proposal_project` ON `proposal` (`project_id`,`created_at`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `proposal_agent` ON `proposal` (`agent_id`);--> statement-breakpoint
CREATE INDEX `proposal_session` ON `proposal` (`session_id`);--> statement-breakpoint
CREATE INDEX `proposal_target` ON `proposal` (`target_id`);--> statement-breakpoint
ALTER TABLE `project` ADD `dispatch` text DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE `project` ADD `dispatch_rules` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `project` ADD `isolation` text DEFAULT 'worktree' NOT NULL;--> statement-breakpoint
ALTER TABLE `repository` ADD `copy_files` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `repository` ADD `link_folders` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `repository` ADD `set_up_command` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `sprint` ADD `wip_limit` integer;--> statement-breakpoint
ALTER TABLE `todo` ADD `role` text;--> statement-breakpoint
ALTER TABLE `todo` ADD `provider` text;--> statement-breakpoint
ALTER TABLE `todo` ADD `model` text;--> statement-breakpoint
ALTER TABLE `todo` ADD `effort` text;--> statement-breakpoint
ALTER TABLE `todo` ADD `promoted_at` text;--> statement-breakpoint
CREATE INDEX `todo_promoted` ON `todo` (`promoted_at`) WHERE promoted_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `agent` ADD `account_id` text REFERENCES account(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `agent` ADD `origin` text DEFAULT 'asked' NOT NULL;--> statement-breakpoint
ALTER TABLE `agent` ADD `budget_usd` real;--> statement-breakpoint
ALTER TABLE `agent` ADD `attempt` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `agent_account` ON `agent` (`account_id`);--> statement-breakpoint
ALTER TABLE `message` ADD `parked` integer DEFAULT false NOT NULL;