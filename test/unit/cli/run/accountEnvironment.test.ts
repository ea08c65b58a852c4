import assert from 'node:assert/strict';
import { redactor, secretsOf, withAccount } from '../../../../src/cli/run/accountEnvironment.ts';

const access = { variables: ['API_KEY', 'OAUTH_TOKEN'], folderVariable: 'CONFIG_DIR' };

describe('the environment of an account', () => {
  it('has its credential and no other one, and leaves the user’s own folder', () => {
    const environment = {
      PATH: '/bin',
      API_KEY: 'users',
      OAUTH_TOKEN: 'users too',
      CONFIG_DIR: '/home/user',
    };
    assert.deepEqual(withAccount(environment, access, { OAUTH_TOKEN: 'ours' }), {
      PATH: '/bin',
      OAUTH_TOKEN: 'ours',
      CONFIG_DIR: '/home/user',
    });
  });

  it('has the account’s folder in place of credentials', () =>
    assert.deepEqual(withAccount({ API_KEY: 'users', CONFIG_DIR: '/home' }, access, { CONFIG_DIR: '/own' }), {
      CONFIG_DIR: '/own',
    }));

  it('is as it was for the own login', () => {
    const environment = { API_KEY: 'users' };
    assert.equal(withAccount(environment, access, {}), environment);
  });
});

describe('the output of an agent', () => {
  it('loses every secret, wherever it stands in a line', () => {
    const redact = redactor(['long-enough', 'another-one']);
    assert.equal(redact('a long-enough b another-one long-enough'), 'a ••• b ••• •••');
  });

  it('keeps what is too short to be a secret', () => assert.equal(redactor(['x', ''])('xx'), 'xx'));

  it('keeps the path of a folder, which is none', () =>
    assert.deepEqual(secretsOf(access, { CONFIG_DIR: '/own', API_KEY: 'k' }), ['k']));
});
