import { described, token, unsigned } from './codec.ts';

// Members that replies of many commands have, with the words that the reference shows.

export const st = described(unsigned, 'Status of the command; 1 when it was carried out.');

export const tkn = described(token, 'Token of the session.');
