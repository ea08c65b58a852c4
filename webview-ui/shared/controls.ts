import {
  provideVSCodeDesignSystem,
  vsCodeBadge,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { mirrorAria } from './mirrorAria.ts';

/**
 * The one place that knows which library draws buttons, fields and pickers. The toolkit is no longer developed:
 * should it have to go, this file and the `vscode-…` tags in templates change, nothing else.
 */
export const registerControls = (): void => {
  provideVSCodeDesignSystem().register(
    vsCodeBadge(),
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeTextArea(),
    vsCodeTextField(),
  );
  mirrorAria(document.body);
};
