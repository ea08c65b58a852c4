import { channel } from 'node:diagnostics_channel';

/** Figures that suites measure; whoever runs them prints these. */
export const measured = channel('sloop-measured');
