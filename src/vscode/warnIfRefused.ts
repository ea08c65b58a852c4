import * as vscode from 'vscode';
import { refusalText, type Result } from '../base/result.ts';

/** Tells the person why something was refused and what to do instead; true when it was not. */
export function warnIfRefused(result: Result<unknown>): boolean {
  if (!result.ok) void vscode.window.showWarningMessage(refusalText(result.refusal));
  return result.ok;
}
