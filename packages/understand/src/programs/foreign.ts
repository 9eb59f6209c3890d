import { listed, named, options, type Program, type Programs, RISK_DESTROYS, tree } from './program.ts';
import { CONTROLS, known, LOOKS, LOOKS_AT_HOST, plain, WRITES } from './rows.ts';

const DESTROYS: Partial<Program> = {
  effects: ['DELETE', 'CONTROL_SYSTEM', 'DESTROY_DATA'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
};
const LASTS: Partial<Program> = { effects: ['CONTROL_SYSTEM', 'PERSIST'] };
const RUNS: Partial<Program> = { effects: ['EXECUTE_CODE'], runs: true };

/** Programs of macOS and Windows that are none of this host's, by the names under which they are seen. */
export const FOREIGN: Programs = {
  ...named(
    'osascript',
    listed('script', options('-l= -s='), { ...RUNS, effects: ['EXECUTE_CODE', 'CAPTURE', 'CONTROL_SYSTEM'] }),
  ),
  ...tree(
    'defaults',
    {
      ...plain(`read read-type domains find export help`, 'text', LOOKS_AT_HOST),
      ...plain('write import rename delete', 'text', LASTS),
    },
    options('-currentHost -host='),
  ),
  ...tree('plutil PlistBuddy', plain(`-p -lint -convert -extract -replace -insert -remove`, 'read', WRITES)),
  ...plain(
    `scutil systemsetup pmset profiles kmutil kextload kextunload dsenableroot xattr codesign`,
    'text',
    CONTROLS,
  ),
  ...plain('mdfind mdls say sips', 'text', LOOKS_AT_HOST),
  ...plain('ditto', 'read', { effects: ['READ_REPO', 'WRITE_PATCH'] }),
  ...plain(
    `powershell powershell.exe pwsh cmd cmd.exe wscript cscript mshta rundll32 regsvr32 msiexec
    installutil certutil.exe bitsadmin wmic winrs psexec`,
    'code',
    RUNS,
  ),
  ...tree('reg reg.exe', {
    ...plain('query compare', 'text', LOOKS_AT_HOST),
    ...plain('export save', 'text', { effects: ['READ_SECRETS', 'WRITE_PATCH'] }),
    ...plain(
      `add import copy
    restore load unload`,
      'text',
      LASTS,
    ),
    ...plain('delete', 'text', { ...LASTS, reversibility: 'irreversible' }),
  }),
  ...plain(`vssadmin wbadmin bcdedit diskpart format fsutil cipher sdelete takeown icacls`, 'text', DESTROYS),
  ...plain(
    `sc sc.exe schtasks.exe net net.exe netsh.exe Set-MpPreference wevtutil.exe auditpol nltest
    dsquery setx`,
    'text',
    { effects: ['CONTROL_SYSTEM', 'PERSIST', 'HIDE_TRACES'] },
  ),
  ...plain('tasklist systeminfo whoami.exe ipconfig ver where where.exe', 'text', LOOKS_AT_HOST),
  ...plain('del erase rd', 'tree'),
  ...plain('robocopy xcopy', 'inside', { effects: ['READ_REPO', 'WRITE_PATCH', 'DELETE'] }),
  ...plain('findstr fc comp more.com type.exe', 'read', LOOKS),
  ...known('wsl wsl.exe', 'program', '-d= -l -v --list', RUNS),
  ...tree(
    'adb',
    {
      ...plain('devices version get-state logcat help', 'text', LOOKS_AT_HOST),
      ...plain(
        `push pull install
    shell reboot root remount forward tcpip connect`,
        'text',
        { effects: ['CONTROL_SYSTEM', 'EXECUTE_CODE'] },
      ),
      ...plain('uninstall', 'text', { effects: ['DELETE', 'CONTROL_SYSTEM'] }),
    },
    options('-s= -d -e'),
  ),
  ...tree('fastboot', {
    ...plain('devices getvar', 'text', LOOKS_AT_HOST),
    ...plain(
      `flash erase format
    oem flashing reboot`,
      'text',
      DESTROYS,
    ),
  }),
};
