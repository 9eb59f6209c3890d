import { harmless, named, options, type Program, type Programs, tree } from './program.ts';
import { CONTROLS, known, LOOKS_AT_HOST, plain, WRITES } from './rows.ts';

const ASKS: Partial<Program> = { effects: ['NETWORK_CALL', 'DOWNLOAD'], reversibility: 'reversible' };
/** A name that is looked up is told to whoever answers for it. */
const LOOKS_UP: Partial<Program> = { effects: ['NETWORK_CALL'], reversibility: 'reversible' };

/** What reaches other hosts: look-ups, tunnels, servers, whole sites. */
export const REACHING: Programs = {
  ...plain(
    `telnet ftp lftp tftp rlogin rsh rexec cu minicom smbclient websocat wscat grpcurl evans`,
    'host',
    { effects: ['NETWORK_CALL', 'UPLOAD', 'DOWNLOAD'] },
  ),
  ...plain(`dig nslookup host drill kdig resolveip dnstracer whois rwhois dog doggo delv`, 'host', {
    ...LOOKS_UP,
    options: options('-f=read -x= -t= -p= -b= -k=read -c= -q='),
  }),
  ...plain(
    `ping ping6 traceroute traceroute6 tracepath mtr arping fping hping3 nping iperf iperf3
    speedtest speedtest-cli ipinfo wakeonlan ntpq snmpwalk snmpget snmptest ipmitool`,
    'host',
    { ...LOOKS_UP, options: options(`-c= -i= -W= -w= -s= -I= -t= -p= -l= -m= -M= -Q= -S= -T= -q= -f= -k=`) },
  ),
  ...known(
    'nmap masscan zmap rustscan',
    'host',
    `-sT -sV -sn -Pn -p= -v -n -A -O -F -T4 -6 --open
    --top-ports= --reason -oN=write -oX=write -oG=write -oA=write -iL=read --script=program
    --script-args=program --exclude= --host-timeout=`,
    { effects: ['NETWORK_CALL'], style: 'words' },
  ),
  ...known(
    'http https xh httpie',
    'text',
    `-v -h -b -j -f -p= -d -c -F -q --json --form --headers --body
    --verbose --print= --follow --download --timeout= --check-status --ignore-stdin --pretty= --style=
    -A= --auth-type= -a=secret --auth=secret --session=write --verify= -o=write --output=write --stream
    --offline`,
    {
      ...ASKS,
      special: (word) =>
        /^(?:POST|PUT|PATCH|DELETE)$|[:=]=?|@/.test(word) && !/^https?:\/\//.test(word)
          ? { use: 'send', effects: ['UPLOAD'] }
          : null,
    },
  ),
  ...named('wcurl', harmless('url', { effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH'] })),
  ...plain(
    `aria2c axel lynx w3m links elinks httrack yt-dlp youtube-dl gallery-dl megadl
    transmission-cli transmission-remote deluge-console qbittorrent-nox`,
    'url',
    { effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH'] },
  ),
  ...plain(`ngrok localtunnel lt bore frpc frps chisel sshuttle stunnel gost pagekite zrok inlets`, 'text', {
    effects: ['LISTEN', 'NETWORK_CALL', 'UPLOAD'],
  }),
  ...plain(
    `sshd vsftpd smbd nmbd nfsd tinyproxy squid nginx httpd apache2 caddy lighttpd haproxy traefik
    envoy dnsmasq named mitmproxy mitmdump mitmweb burpsuite`,
    'text',
    { effects: ['LISTEN', 'CONTROL_SYSTEM'] },
  ),
  ...tree(
    'apachectl apache2ctl',
    plain(`configtest status graceful start stop restart -t`, 'text', CONTROLS),
  ),
  ...plain(
    `croc wormhole magic-wormhole transfer.sh termbin pastebinit gist wgetpaste sprunge ffsend
    onionshare syncthing maestral dropbox filen`,
    'read',
    { effects: ['NETWORK_CALL', 'UPLOAD'] },
  ),
  ...plain('netstat-nat nethogs iftop bmon nload vnstat ipcalc sipcalc', 'text', LOOKS_AT_HOST),
  ...plain('uuencode uudecode', 'read', WRITES),
  ...plain(
    `chromium chromium-browser google-chrome firefox safari brave microsoft-edge xdg-open open
    start browse sensible-browser`,
    'text',
    { effects: ['NETWORK_CALL', 'EXECUTE_CODE'] },
  ),
};
