CREATE TABLE `artifact` (
	`row_number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`type` text NOT NULL,
	`stage` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`language` text,
	`filepath` text,
	`metadata` text NOT NULL,
	`session_id` text,
	`project_id` text,
	`sprint_id` text,
	`parent_id` text,
	`sort_order` integer NOT NULL,
	`persistent` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`project_id`) REFERENCES `project`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`sprint_id`) REFERENCES `sprint`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`parent_id`) REFERENCES `artifact`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `artifact_id_unique` ON `artifact` (`id`);--> statement-breakpoint
CREATE INDEX `artifact_order` ON `artifact` (`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `artifact_project` ON `artifact` (`project_id`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `artifact_sprint` ON `artifact` (`sprint_id`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `artifact_session` ON `artifact` (`session_id`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `artifact_parent` ON `artifact` (`parent_id`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `artifact_stage` ON `artifact` (`stage`,`sort_order`,`id`);--> statement-breakpoint
CREATE TABLE `project` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`status` text NOT NULL,
	`workflow_state` text,
	`mode` text NOT NULL,
	`merge_requires_approval` integer NOT NULL,
	`todos_require_approval` integer NOT NULL,
	`branch` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `project_slug_unique` ON `project` (`slug`);--> statement-breakpoint
CREATE INDEX `project_order` ON `project` (`status`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `project_repository` (
	`project_id` text NOT NULL,
	`repository_id` text NOT NULL,
	PRIMARY KEY(`project_id`, `repository_id`),
	FOREIGN KEY (`project_id`) REFERENCES `project`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`repository_id`) REFERENCES `repository`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `project_repository_repository` ON `project_repository` (`repository_id`);--> statement-breakpoint
CREATE TABLE `repository` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`path` text,
	`url` text,
	`default_branch` text NOT NULL,
	`last_fetched_at` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `repository_name_unique` ON `repository` (`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `repository_url_unique` ON `repository` (`url`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`origin` text NOT NULL,
	`parent_id` text,
	`project_id` text,
	`role` text,
	`status` text NOT NULL,
	`last_activity_at` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`parent_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`project_id`) REFERENCES `project`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `session_order` ON `session` (`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `session_project` ON `session` (`project_id`);--> statement-breakpoint
CREATE INDEX `session_parent` ON `session` (`parent_id`);--> statement-breakpoint
CREATE TABLE `sprint` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`goal` text NOT NULL,
	`plan` text NOT NULL,
	`status` text NOT NULL,
	`acceptance_criteria` text NOT NULL,
	`reviewer_notes` text,
	`review_round` integer NOT NULL,
	`max_review_rounds` integer NOT NULL,
	`contract_artifact_id` text,
	`start_date` text,
	`end_date` text,
	`retrospective` text,
	`last_session_id` text,
	`approved_at` text,
	`completed_at` text,
	`branch` text,
	`origin` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `project`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`contract_artifact_id`) REFERENCES `artifact`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`last_session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `sprint_number` ON `sprint` (`project_id`,`number`,`id`);--> statement-breakpoint
CREATE INDEX `sprint_status` ON `sprint` (`status`);--> statement-breakpoint
CREATE INDEX `sprint_contract` ON `sprint` (`contract_artifact_id`);--> statement-breakpoint
CREATE INDEX `sprint_session` ON `sprint` (`last_session_id`);--> statement-breakpoint
CREATE TABLE `sprint_dependency` (
	`sprint_id` text NOT NULL,
	`depends_on_id` text NOT NULL,
	PRIMARY KEY(`sprint_id`, `depends_on_id`),
	FOREIGN KEY (`sprint_id`) REFERENCES `sprint`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`depends_on_id`) REFERENCES `sprint`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sprint_dependency_on` ON `sprint_dependency` (`depends_on_id`);--> statement-breakpoint
CREATE TABLE `todo` (
	`row_number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`kind` text NOT NULL,
	`category` text NOT NULL,
	`gate` text NOT NULL,
	`status` text NOT NULL,
	`priority` text NOT NULL,
	`priority_rank` integer GENERATED ALWAYS AS (case priority when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end) VIRTUAL,
	`sort_order` integer NOT NULL,
	`parent_id` text,
	`project_id` text,
	`sprint_id` text,
	`session_id` text,
	`artifact_id` text,
	`plan_position` integer,
	`assignee` text,
	`created_by` text NOT NULL,
	`completed_by` text,
	`requires_approval` integer,
	`acceptance_criteria` text NOT NULL,
	`success_criteria` text NOT NULL,
	`deadline` text,
	`estimated_hours` real,
	`actual_hours` real,
	`completion_summary` text,
	`feedback_quality` integer,
	`feedback_timeliness` integer,
	`feedback_notes` text,
	`blocked_reason` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`completed_at` text,
	FOREIGN KEY (`parent_id`) REFERENCES `todo`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_id`) REFERENCES `project`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`sprint_id`) REFERENCES `sprint`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`artifact_id`) REFERENCES `artifact`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `todo_id_unique` ON `todo` (`id`);--> statement-breakpoint
CREATE INDEX `todo_order` ON `todo` (`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `todo_status` ON `todo` (`status`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `todo_parent` ON `todo` (`parent_id`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `todo_above` ON `todo` (`id`,`parent_id`) WHERE parent_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `todo_project` ON `todo` (`project_id`,`status`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `todo_sprint` ON `todo` (`sprint_id`,`status`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `todo_session` ON `todo` (`session_id`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `todo_artifact` ON `todo` (`artifact_id`,`sort_order`,`id`);--> statement-breakpoint
CREATE INDEX `todo_assignee` ON `todo` (`assignee`,`status`);--> statement-breakpoint
CREATE INDEX `todo_ready` ON `todo` (`status`,`gate`,`priority_rank`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `todo_project_ready` ON `todo` (`project_id`,`status`,`gate`,`priority_rank`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `todo_dependency` (
	`todo_id` text NOT NULL,
	`depends_on_id` text NOT NULL,
	PRIMARY KEY(`todo_id`, `depends_on_id`),
	FOREIGN KEY (`todo_id`) REFERENCES `todo`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`depends_on_id`) REFERENCES `todo`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `todo_dependency_on` ON `todo_dependency` (`depends_on_id`);--> statement-breakpoint
CREATE TABLE `comment` (
	`id` text PRIMARY KEY NOT NULL,
	`artifact_id` text NOT NULL,
	`project_id` text,
	`session_id` text,
	`parent_id` text,
	`version` integer NOT NULL,
	`start_line` integer,
	`end_line` integer,
	`body` text NOT NULL,
	`author` text NOT NULL,
	`resolved_by` text,
	`resolved_at` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`artifact_id`) REFERENCES `artifact`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`parent_id`) REFERENCES `comment`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `comment_artifact` ON `comment` (`artifact_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `comment_parent` ON `comment` (`parent_id`);--> statement-breakpoint
CREATE TABLE `version` (
	`id` text PRIMARY KEY NOT NULL,
	`artifact_id` text NOT NULL,
	`project_id` text,
	`session_id` text,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`change_summary` text NOT NULL,
	`author` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`artifact_id`) REFERENCES `artifact`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `version_of_artifact` ON `version` (`artifact_id`,`version`);--> statement-breakpoint
CREATE TABLE `agent` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`provider` text NOT NULL,
	`model` text,
	`effort` text,
	`form` text NOT NULL,
	`session_id` text NOT NULL,
	`project_id` text,
	`sprint_id` text,
	`todo_id` text,
	`loop_id` text,
	`stage_id` text,
	`worktree_path` text,
	`branch` text,
	`provider_session_id` text,
	`session_number` integer NOT NULL,
	`status` text NOT NULL,
	`reported` text,
	`attention` text,
	`pid` integer,
	`pid_started_at` text,
	`exit_code` integer,
	`exit_signal` text,
	`start_refused` integer NOT NULL,
	`result` text,
	`input_tokens` integer NOT NULL,
	`output_tokens` integer NOT NULL,
	`cost_usd` real NOT NULL,
	`observed` integer NOT NULL,
	`last_seen_at` text,
	`started_by` text NOT NULL,
	`reported_at` text,
	`stop_requested_by` text,
	`dismissed_at` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_id`) REFERENCES `project`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`sprint_id`) REFERENCES `sprint`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`todo_id`) REFERENCES `todo`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`loop_id`) REFERENCES `loop`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`stage_id`) REFERENCES `stage`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `agent_name_unique` ON `agent` (`name`);--> statement-breakpoint
CREATE INDEX `agent_order` ON `agent` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `agent_status` ON `agent` (`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `agent_attention` ON `agent` (`updated_at`,`id`) WHERE attention is not null;--> statement-breakpoint
CREATE INDEX `agent_project` ON `agent` (`project_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `agent_session` ON `agent` (`session_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `agent_sprint` ON `agent` (`sprint_id`);--> statement-breakpoint
CREATE INDEX `agent_todo` ON `agent` (`todo_id`);--> statement-breakpoint
CREATE INDEX `agent_loop` ON `agent` (`loop_id`);--> statement-breakpoint
CREATE INDEX `agent_stage` ON `agent` (`stage_id`);--> statement-breakpoint
CREATE TABLE `attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`stage_id` text NOT NULL,
	`loop_id` text NOT NULL,
	`project_id` text NOT NULL,
	`session_id` text NOT NULL,
	`number` integer NOT NULL,
	`agent_id` text,
	`outcome` text,
	`reason` text,
	`verdict` text,
	`exit_code` integer,
	`started_at` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`stage_id`) REFERENCES `stage`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`loop_id`) REFERENCES `loop`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`agent_id`) REFERENCES `agent`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempt_of_stage` ON `attempt` (`stage_id`,`number`);--> statement-breakpoint
CREATE INDEX `attempt_loop` ON `attempt` (`loop_id`,`started_at`,`id`);--> statement-breakpoint
CREATE INDEX `attempt_agent` ON `attempt` (`agent_id`);--> statement-breakpoint
CREATE TABLE `iteration` (
	`id` text PRIMARY KEY NOT NULL,
	`loop_id` text NOT NULL,
	`project_id` text NOT NULL,
	`session_id` text NOT NULL,
	`number` integer NOT NULL,
	`sprint_id` text,
	`status` text NOT NULL,
	`outcome` text,
	`started_at` text,
	`completed_at` text,
	FOREIGN KEY (`loop_id`) REFERENCES `loop`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`sprint_id`) REFERENCES `sprint`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `iteration_of_loop` ON `iteration` (`loop_id`,`number`);--> statement-breakpoint
CREATE INDEX `iteration_sprint` ON `iteration` (`sprint_id`);--> statement-breakpoint
CREATE TABLE `launch` (
	`id` text PRIMARY KEY NOT NULL,
	`agent_id` text NOT NULL,
	`project_id` text,
	`session_id` text NOT NULL,
	`session_number` integer NOT NULL,
	`state` text NOT NULL,
	`prompt` text NOT NULL,
	`working_folder` text NOT NULL,
	`resume` integer NOT NULL,
	`script` text,
	`token_hash` text,
	`claimed_at` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`agent_id`) REFERENCES `agent`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `launch_tokenHash_unique` ON `launch` (`token_hash`);--> statement-breakpoint
CREATE INDEX `launch_agent` ON `launch` (`agent_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `launch_state` ON `launch` (`state`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `loop` (
	`id` text PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`frozen` text NOT NULL,
	`parameters` text NOT NULL,
	`goal` text NOT NULL,
	`session_id` text NOT NULL,
	`project_id` text NOT NULL,
	`status` text NOT NULL,
	`block_reason` text,
	`outcome` text,
	`failure` text,
	`round` integer NOT NULL,
	`max_iterations` integer NOT NULL,
	`deadline` text,
	`budget_usd` real,
	`provider` text,
	`model` text,
	`script` text,
	`started_by` text NOT NULL,
	`started_at` text NOT NULL,
	`completed_at` text,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_id`) REFERENCES `project`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `loop_order` ON `loop` (`started_at`,`id`);--> statement-breakpoint
CREATE INDEX `loop_status` ON `loop` (`status`,`started_at`,`id`);--> statement-breakpoint
CREATE INDEX `loop_project` ON `loop` (`project_id`,`started_at`,`id`);--> statement-breakpoint
CREATE INDEX `loop_session` ON `loop` (`session_id`);--> statement-breakpoint
CREATE TABLE `progress` (
	`id` text PRIMARY KEY NOT NULL,
	`agent_id` text NOT NULL,
	`agent_name` text NOT NULL,
	`project_id` text,
	`session_id` text NOT NULL,
	`todo_id` text,
	`stage_id` text,
	`text` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`agent_id`) REFERENCES `agent`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `progress_agent` ON `progress` (`agent_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `progress_todo` ON `progress` (`todo_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `stage` (
	`id` text PRIMARY KEY NOT NULL,
	`iteration_id` text NOT NULL,
	`loop_id` text NOT NULL,
	`project_id` text NOT NULL,
	`session_id` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`status` text NOT NULL,
	`artifact_id` text,
	`summary` text,
	`verdict` text,
	`findings` text NOT NULL,
	`notes` text,
	`started_at` text,
	`completed_at` text,
	FOREIGN KEY (`iteration_id`) REFERENCES `iteration`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`loop_id`) REFERENCES `loop`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`artifact_id`) REFERENCES `artifact`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stage_of_iteration` ON `stage` (`iteration_id`,`position`);--> statement-breakpoint
CREATE INDEX `stage_loop` ON `stage` (`loop_id`,`status`);--> statement-breakpoint
CREATE INDEX `stage_artifact` ON `stage` (`artifact_id`);--> statement-breakpoint
CREATE TABLE `event` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`time` text NOT NULL,
	`operation` text NOT NULL,
	`surface` text NOT NULL,
	`caller_kind` text NOT NULL,
	`caller` text NOT NULL,
	`noun` text NOT NULL,
	`entity_id` text NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text,
	`duration_ms` real NOT NULL,
	`project_id` text,
	`session_id` text
);
--> statement-breakpoint
CREATE INDEX `event_entity` ON `event` (`entity_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `event_project` ON `event` (`project_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `event_noun` ON `event` (`noun`,`sequence`);--> statement-breakpoint
CREATE INDEX `event_caller` ON `event` (`caller`,`sequence`);--> statement-breakpoint
CREATE INDEX `event_operation` ON `event` (`operation`,`sequence`);--> statement-breakpoint
CREATE TABLE `message` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`parent_id` text,
	`sender_kind` text NOT NULL,
	`sender_name` text NOT NULL,
	`sender_agent_id` text,
	`recipient_kind` text NOT NULL,
	`recipient_name` text,
	`recipient_agent_id` text,
	`project_id` text,
	`session_id` text,
	`sprint_id` text,
	`todo_id` text,
	`body` text NOT NULL,
	`requires_response` integer NOT NULL,
	`status` text NOT NULL,
	`answer` text,
	`answered_by` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`parent_id`) REFERENCES `message`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`sender_agent_id`) REFERENCES `agent`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`recipient_agent_id`) REFERENCES `agent`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_id`) REFERENCES `project`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`sprint_id`) REFERENCES `sprint`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`todo_id`) REFERENCES `todo`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `message_order` ON `message` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `message_thread` ON `message` (`thread_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `message_parent` ON `message` (`parent_id`);--> statement-breakpoint
CREATE INDEX `message_to` ON `message` (`recipient_kind`,`recipient_agent_id`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `message_from` ON `message` (`sender_agent_id`);--> statement-breakpoint
CREATE INDEX `message_recipient` ON `message` (`recipient_agent_id`);--> statement-breakpoint
CREATE INDEX `message_project` ON `message` (`project_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `message_session` ON `message` (`session_id`);--> statement-breakpoint
CREATE INDEX `message_sprint` ON `message` (`sprint_id`);--> statement-breakpoint
CREATE INDEX `message_todo` ON `message` (`todo_id`);--> statement-breakpoint
CREATE TABLE `message_read` (
	`message_id` text NOT NULL,
	`reader` text NOT NULL,
	`read_at` text NOT NULL,
	PRIMARY KEY(`message_id`, `reader`),
	FOREIGN KEY (`message_id`) REFERENCES `message`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `request` (
	`id` text PRIMARY KEY NOT NULL,
	`result` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `request_age` ON `request` (`created_at`);