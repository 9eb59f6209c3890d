import { listed, named, options, type Program, type Programs } from './program.ts';
import { known, LOOKS, plain } from './rows.ts';

const SEES: Partial<Program> = { effects: ['CAPTURE'] };
const SEES_PROCESS: Partial<Program> = { effects: ['EXECUTE_CODE', 'CAPTURE'] };

/** What sees keys, screens, traffic, or the memory of other programs. */
export const CAPTURE: Programs = {
  ...named(
    `tcpdump tshark wireshark dumpcap ngrep tcpflow ssldump dsniff snoop pktmon airodump-ng kismet btmon
      hcidump usbmon`,
    listed(
      'text',
      options(`-w=write -z=program
    -r=read -i= -n -nn -v -vv -X -A -c= -s= -e -q -l -D -Y= -f= -t -S -U -C= -W= -G= -P -V -T= -E= -O=`),
      SEES,
    ),
  ),
  ...named(
    `dtrace dtruss truss bpftrace perf sysdig ftrace trace-cmd stap uftrace`,
    listed('text', options('-f -ff -e= -o=write -p= -s= -c -t -tt -T -y -q -v -i -k'), {
      ...SEES_PROCESS,
      style: 'first',
      operands: (at) => (at === 0 ? 'command' : 'text'),
    }),
  ),
  ...known(
    'gdb lldb cgdb rr radare2 r2',
    'text',
    `-q -batch -p= -ex=code -x=script --args --pid= -quiet
    --version`,
    SEES_PROCESS,
  ),
  ...plain(`gcore procdump jmap jstack jcmd py-spy rbspy gops dump_syms memdump avml lime`, 'process', SEES),
  ...known(
    'valgrind heaptrack',
    'command',
    `-q -v --tool= --leak-check= --show-leak-kinds= --track-origins= --error-exitcode= --log-file=write
    --num-callers= --trace-children=`,
    { effects: ['RUN_WORKSPACE_CODE'], style: 'first' },
  ),
  ...plain(`massif-visualizer kcachegrind callgrind_annotate`, 'read', LOOKS),
  ...plain(`xinput xev showkey evtest logkeys keylogger xspy libinput-debug-events screenkey`, 'text', SEES),
  ...plain(
    `import scrot gnome-screenshot screencapture grim slurp spectacle flameshot maim shotgun xwd
    hyprshot i3-scrot import-im6 fbcat screengrab xdotool ydotool wtype cliclick`,
    'write',
    SEES,
  ),
  ...plain(
    `arecord parec pw-record rec wf-recorder simplescreenrecorder obs recordmydesktop fswebcam
    streamer v4l2-ctl imagesnap asciinema scriptreplay ttyrec`,
    'write',
    SEES,
  ),
  ...plain('xclip xsel wl-paste pbpaste', 'text', SEES),
  ...plain('pbcopy wl-copy clip', 'text', { effects: ['COMPUTE'] }),
  ...named(
    'ffmpeg avconv',
    listed(
      'write',
      options(`-i=read -f= -y -n -hide_banner -loglevel= -v= -c:v=
    -c:a= -c= -codec= -vcodec= -acodec= -b:v= -b:a= -r= -s= -ss= -t= -to= -vf= -af= -an -vn -sn -map=
    -preset= -crf= -pix_fmt= -frames:v= -vframes= -q:v= -q:a= -ar= -ac= -movflags= -metadata= -threads=
    -shortest -stats -nostdin -version -pass= -g= -aspect= -loop= -framerate= -filter_complex= -vsync=
    -copyts -strict= -profile:v= -level= -tune= -ab= -vb=`),
      {
        effects: ['READ_REPO', 'WRITE_PATCH'],
        style: 'words',
        // A device is read where a file would be.
        modes: [
          'x11grab',
          'avfoundation',
          'gdigrab',
          'dshow',
          'pulse',
          'alsa',
          'v4l2',
          'kmsgrab',
          'fbdev',
        ].map((device) => ({
          names: [`-f=${device}`],
          program: listed('write', options('-f= -i= -y -t= -r= -s= -video_size= -framerate= -c:v= -c:a='), {
            ...SEES,
            style: 'words',
          }),
        })),
      },
    ),
  ),
  ...plain('ffprobe ffplay mediainfo identify', 'read', LOOKS),
  ...plain('swap_digger mimipenguin', 'text', { effects: ['CAPTURE', 'READ_SECRETS'] }),
};
