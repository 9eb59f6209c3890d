/**
 * Names that run something, wherever a shell reads them: programs and builtins of Unix, and what Windows and
 * PowerShell call such. Not what they do: that is for the tables of programs; here only whether a value that
 * should be data names one in a place where a shell would run it.
 */
const CLEAR: ReadonlySet<string> = words(`
  7z aa-exec ab adduser agetty alpine ansible-playbook ansible-test aoss apk apt apt-get aptitude ar
  aria2c arp ash aspell at.exe atobm attrib awk aws axel base32 base58 base64 basez bash bashbug batcat
  bconsole bg bitsadmin bpftrace bsdtar bunzip2 busctl busybox byebug bzcat bzip2 c89 c99 cancel capsh cc
  cd certbot certreq certutil chage chattr chgrp chmod chown chpasswd chroot chsh clamscan clang cmake cmd
  cmdkey cobc composer cowsay cowthink cpan cpio cpulimit crontab cscript csh csplit csvde csvtool
  cupsfilter curl dash dd debugfs declare delgroup deluser dhclient diff dir dirname diskpart dmesg
  dmidecode dmsetup dnf doas docker dos2unix dosbox dpkg dstat dvips easy_install easyrsa ebtables efax
  egrep elvish emacs env eqn espeak ethtool eval exiftool export fdisk fgrep forfiles fping fsutil ftp g++
  gawk gcc gcloud gcore gdb-multiarch gem genie genisoimage getent ghc ghci ghostscript gimp ginsh git
  groupadd gtester gunzip gzip hashcat hexdump hostname hping3 icacls icm iconv iex ifconfig iftop initctl
  installutil ionice ip ipconfig iptables iptables-save irb irm ispell iwmi iwr java javac journalctl jq
  jrunscript jshell killall kmod ksh ksshell kubectl lftp ln logsave losetup ls lsattr lsb_release lsof
  ltrace lua lua5 lualatex luatex lwp-download lwp-mirror lwp-request lynx lz4 lzcat lzma mailq mavinject
  mawk mkdir mkfifo mkfs mknod mktemp modprobe msbuild msfconsole msgconv msgfmt mshta msiexec msxsl
  multitime mv mysql mysqldump nasm nawk nc ncat ncdu ncftp net1 netcat netsh netstat nft nmap nmcli
  nodejs npm npx nroff nsenter nslookup ntdsutil ntpdate octave odbcconf openssl openvpn opkg osascript
  passwd pcalua pdb pdflatex pdftex perl perl5 perl6 perlbug pg_dump pgrep php php5 php7 php8 pidof
  pidstat ping6 pip pip3 pkexec pkg pkill popd poweroff powershell powershell_ise printenv printf pry
  psexec psftp psql puppet pushd pwd pwsh py python python2 python3 rake readelf realpath reboot redcarpet
  redis-cli reg regasm regedit regsvcs regsvr32 renice restic rlwrap rm rmdir rpm rpmdb rpmquery rpmverify
  rsh rsync ruby rundll32 runuser rustc rview rvim saps sash sc.exe scanmem schtasks scp scrobj sed
  sendmail setarch setfacl setsid sftp sh shuf slsh smbclient socat socks sqlite3 sqlmap ss ssh ssh-agent
  ssh-keygen ssh-keyscan sshpass stdbuf strace sudo svn swapoff sysctl syslogd syssetup systemctl
  systemd-resolve systeminfo tac takeown tar taskkill tasklist taskset tasksh tbl tclsh tcpdump tcsh tee
  telnet terraform tftp tmux tr traceroute tracert troff tshark typeset ulimit umount uname uniq unlink
  unlzma unpigz unrar unset unshare unxz unzip unzstd useradd userdel usermod uudecode uuencode vagrant
  valgrind vi vigr vim vimdiff vipw virsh visudo vssadmin wbadmin wc wevtutil wget whereis whiptail whoami
  whois winrs wireshark wmic wscript xargs xdg-open xelatex xetex xmodmap xmore xpad xterm xxd xz xzcat
  yarn yelp yum zcat zgrep zip zsh zsoelim zstd zypper`);

/** Such that are words of a language too: only what stands beside them tells. */
const WORDS: ReadonlySet<string> = words(`
  alias apport-cli arch as at atom banner bc bridge builtin busy cal cat check choom chop cmp code col
  column comm command cp cpp crash cron crunch cut date dc del df dialog dig display du echo ed erase ex
  exec exit expand expect expr factor fetch file find finger fish flock fmt fold format free gdb go grep
  groups halt hash hd head help history host id info install jobs joe join kill last ld ldd less link
  links list local locate logger login logname look lp mail make man mesg more mount move msg mtr mutt
  nano neofetch net nice nl node nohup od on open paste pax pc perms pg pic pico ping pl pr print ps pt
  ptx pv r rc read red rename reset rev rlogin route run sc screen script select service set shift
  shutdown size sleep sort source split start stat stop strings su swap sync tail task tasks test tex tic
  time timeout top touch trap tree trust tsc tty type ul umask unalias units up uptime users view vol w
  w3m wait wall watch whatis where which who words write yes`);

/** Names that somebody who tries a hole runs alone. */
const ALONE: ReadonlySet<string> = words(`
  arch bash cat date dir env groups halt history hostname id ifconfig ipconfig last logname ls netstat
  printenv ps pwd reboot set sh sleep systeminfo tasklist tty uname uptime users ver w who whoami`);

export function isTriedAlone(name: string): boolean {
  return ALONE.has(name);
}

export type ProgramName = 'clear' | 'word';

/** Whether a bare name runs something, and whether it is a word too. */
export function programNamed(name: string): ProgramName | null {
  const bare = bareName(name);
  if (WORDS.has(bare)) return 'word';
  if (CLEAR.has(bare) || isCmdlet(bare)) return 'clear';
  const unversioned = /^([a-z+]{2,}?)-?[0-9][0-9.]*$/.exec(bare)?.[1];
  return unversioned !== undefined && CLEAR.has(unversioned) ? 'clear' : null;
}

function bareName(name: string): string {
  if (name.startsWith('mkfs.')) return 'mkfs';
  return /\.(?:exe|com|bat|cmd)$/.test(name) ? name.slice(0, -4) : name;
}

/** The verbs and nouns with which PowerShell fetches, runs and changes things. */
const VERBS: ReadonlySet<string> = words(`
  add clear compress copy disable enable enter expand export find get import install invoke move new out
  pop push receive register remove rename restart resume save send set start stop suspend test uninstall
  unregister update write`);
const NOUNS: ReadonlySet<string> = words(`
  acl adcomputer aduser alias archive bitstransfer childitem ciminstance cimmethod clipboard command
  computer content credential date dnsclient event eventlog executionpolicy expression file firewallrule
  history host item itemproperty job localgroupmember localuser location module mppreference
  netfirewallrule netipaddress object process psdrive psexec pssession restmethod scheduledtask
  scheduledtaskaction securestring service string variable webrequest wmimethod wmiobject workflow`);

function isCmdlet(name: string): boolean {
  const hyphen = name.indexOf('-');
  return hyphen > 0 && VERBS.has(name.slice(0, hyphen)) && NOUNS.has(name.slice(hyphen + 1));
}

/** Programs that a pattern of files may name: `ca?`, `[c]at`, `/???/c?t`. */
export function programsLike(pattern: string): boolean {
  return MATCHED.some((name) => matches(pattern, name));
}

const MATCHED: readonly string[] = [
  'cat',
  'ls',
  'nc',
  'id',
  'sh',
  'bash',
  'dash',
  'zsh',
  'wget',
  'curl',
  'rm',
  'cp',
  'mv',
  'ps',
  'tac',
  'head',
  'tail',
  'less',
  'more',
  'base64',
  'python',
  'python3',
  'perl',
  'php',
  'ruby',
  'whoami',
  'uname',
  'echo',
  'grep',
  'awk',
  'sed',
  'find',
  'env',
  'netcat',
  'ping',
  'passwd',
  'ifconfig',
  'nslookup',
  'dig',
  'chmod',
  'chown',
  'touch',
  'kill',
  'ssh',
  'tar',
  'xxd',
];

/** `?` one character, `*` any, `[…]` one of these: one pass with one way back, as `*` needs no more. */
function matches(pattern: string, name: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let mark = 0;
  while (from < name.length) {
    const step = stepOf(pattern, at, name.charAt(from));
    if (step > 0) {
      at += step;
      from += 1;
    } else if (pattern.charAt(at) === '*') {
      star = at++;
      mark = from;
    } else if (star >= 0) {
      at = star + 1;
      from = ++mark;
    } else return false;
  }
  while (pattern.charAt(at) === '*') at++;
  return at === pattern.length;
}

/** How much of the pattern takes this character; 0 where it does not. */
function stepOf(pattern: string, at: number, sign: string): number {
  const first = pattern.charAt(at);
  if (first === '?') return 1;
  if (first !== '[') return first !== '*' && first === sign ? 1 : 0;
  const end = pattern.indexOf(']', at + 1);
  if (end < 0) return 0;
  const set = pattern.slice(at + 1, end);
  const isRange = set.length === 3 && set.charAt(1) === '-';
  const holds = isRange ? sign >= set.charAt(0) && sign <= set.charAt(2) : set.includes(sign);
  return holds ? end - at + 1 : 0;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Whether a plain word, in any case, could begin a command at all. */
export function mayBeNamed(word: string): boolean {
  return programNamed(word) !== null || LEADING.has(word);
}

/** What runs the word behind it, or stands before one. */
const LEADING: ReadonlySet<string> = words(`
  ! . builtin busybox call command do doas else env exec if nohup setsid start sudo then time while {`);

export function leads(word: string): boolean {
  return LEADING.has(word);
}
