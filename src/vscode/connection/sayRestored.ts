import * as vscode from 'vscode';
import type { RestoredStore } from '../../protocol/hostWorker.ts';

/** A store that was damaged is no secret: the person must know what is gone. */
export function sayRestored({ takenAt, damagedFile }: RestoredStore): void {
  const when = new Date(takenAt).toLocaleString();
  void vscode.window
    .showWarningMessage(
      `Sloop’s store was damaged and has been restored from the backup of ${when}. What changed after that is lost; the damaged file is kept.`,
      'Show the Damaged File',
    )
    .then((choice) => {
      if (choice !== undefined)
        void vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(damagedFile));
    });
}
