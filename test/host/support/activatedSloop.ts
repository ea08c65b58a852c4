import * as vscode from 'vscode';
import type { SloopApi } from '../../../src/vscode/extension.ts';

/** The extension as the editor activated it. */
export async function activatedSloop(): Promise<SloopApi> {
  const extension = vscode.extensions.getExtension<SloopApi>('sloop.sloop');
  if (extension === undefined) throw new Error('Sloop is not installed in this editor.');
  return extension.activate();
}
