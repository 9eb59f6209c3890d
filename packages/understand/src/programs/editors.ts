import { listed, named, options, type Programs, tree } from './program.ts';
import { known, LOOKS, LOOKS_AT_HOST, plain } from './rows.ts';

const VI = `-R -n -N -y -Z -E -e -s -d -o -O -p -b -l -m -v --clean -u=script -U=script -S=script
  --noplugin -V --version -T= -w=write -W=write -c=code --cmd=code -t= -q=read -r -L -i=read`;

/** What shows and edits text for a person, and the windows in which that is done. */
export const EDITORS: Programs = {
  ...known(
    'bat batcat delta',
    'read',
    `-n -p -pp -A -l= -r= -H= -s -P -u --plain --number --show-all
    --language= --line-range= --highlight-line= --style= --theme= --color= --paging= --wrap= --tabs=
    --decorations= --no-pager --list-themes --list-languages --side-by-side --line-numbers
    --pager=program --map-syntax= --diff`,
    LOOKS,
  ),
  ...known(
    'man',
    'text',
    `-k -f -a -w -K -t -s= -S= -L= -M=list -l=read -P=program -H?program -C=program
    --pager=program --html?program --config-file=program`,
  ),
  ...known(
    'screen',
    'command',
    `-A -d -D -m -q -U -S= -t= -s=program -c=program -p= -h= -L -r -R -x -ls
    -list -wipe -X=program -Q -e= -v`,
    {
      style: 'first',
      modes: [
        {
          names: ['-r', '-R', '-x', '-ls', '-wipe', '-list'],
          program: listed(
            'text',
            options('-A -d -D -m -q -U -S= -p= -r -R -x -l -s -ls -list -wipe -w -i'),
            LOOKS_AT_HOST,
          ),
        },
      ],
    },
  ),
  ...known('ed ex', 'write', '-s -p= -v -E -c=code', { effects: ['EXECUTE_CODE', 'WRITE_PATCH'] }),
  ...named(
    'vim vi nvim view vimdiff gvim',
    listed('write', options(VI), {
      effects: ['READ_REPO', 'WRITE_PATCH'],
      special: (word) =>
        word.startsWith('+') && !/^\+\d*$/.test(word) ? { use: 'code', effects: ['EXECUTE_CODE'] } : null,
    }),
  ),
  ...plain(
    `nano pico micro helix hx kate gedit mg joe ne subl atom zed idea webstorm pycharm mousepad
    kwrite pluma`,
    'write',
    { effects: ['READ_REPO', 'WRITE_PATCH'] },
  ),
  ...known(
    'emacs emacsclient',
    'write',
    `-nw -t -n -c -Q -q --batch --eval=code -l=script --load=script
    -f=code`,
    { effects: ['READ_REPO', 'WRITE_PATCH'] },
  ),
  ...known(
    'less more most',
    'read',
    `-# -N -S -R -r -F -X -i -I -n -e -E -M -m -s -p= -x= -j= -P=
    -o=write -O=write -k=program --lesskey-file=program --lesskey-src=program`,
    {
      ...LOOKS,
      special: (word) =>
        word.startsWith('+') && !/^\+{1,2}(?:[0-9]+|[FGg]|[/?][^!]*)$/.test(word)
          ? { use: 'code', effects: [] }
          : null,
    },
  ),
  ...tree(
    'tmux zellij',
    {
      '': listed('text', {}, { effects: ['COMPUTE'] }),
      ...plain(
        `ls list-sessions list-windows list-panes has-session has display-message show-options list-keys
          list-commands info`,
        'text',
        LOOKS_AT_HOST,
      ),
      ...plain(
        `attach
    attach-session a detach switch-client select-window select-pane rename-session rename-window
    resize-pane set set-option`,
        'text',
        { effects: ['COMPUTE'] },
      ),
      ...plain('capture-pane', 'text', { effects: ['CAPTURE'] }),
      // What stands behind the options runs in the window.
      ...known(
        'new new-session new-window neww split-window splitw respawn-pane',
        'line',
        `-d -D -A -P -h -v -b
        -s= -n= -t= -c=list -x= -y= -F= -f= -e= -l= -p= -k`,
        { effects: ['EXECUTE_CODE'], style: 'first' },
      ),
      ...known(`pipe-pane run-shell run if-shell`, 'shell', '-b -o -I -O -t= -d=', {
        style: 'first',
        effects: ['EXECUTE_CODE'],
      }),
      ...plain('set-environment setenv source-file', 'text', { effects: ['COMPUTE'] }),
      ...plain('kill-session kill-server kill-window kill-pane', 'text', { effects: ['CONTROL_SYSTEM'] }),
    },
    options('-S= -L= -f=program -2 -u -v'),
  ),
};
