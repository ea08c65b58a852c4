import { registerControls } from '../shared/controls.ts';

registerControls();
