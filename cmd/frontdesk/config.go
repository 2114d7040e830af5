package main

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.uber.org/zap/zapcore"

	"frontdesk/knowledge"
)

// A config is what an operator sets, read once from the environment. What staff change daily is in the knowledge
// folder instead.
type config struct {
	Knowledge     string // folder of articles; empty for the sample
	Data          string // folder for what must survive a restart; empty to keep nothing
	Index         string // folder for the index; empty for memory
	Database      string // address of the journal's PostgreSQL database; empty for a file in Data
	Journal       knowledge.Privacy
	JournalTime   time.Duration // how long the journal keeps rows
	TelegramToken string
	TelegramAPI   string // base address of the Bot API; empty for the official one
	DiscordToken  string
	DiscordAPI    string         // base address of Discord's API; empty for the official one
	TelegramHook  string         // public address that Telegram delivers to; empty to poll
	DiscordKey    string         // public key of interactions by HTTP; empty for the gateway's
	DiscordReads  bool           // the Message Content intent is granted
	DiscordShards int            // connections to the gateway; 0 for as many as Discord recommends
	HooksAddr     string         // host:port where Telegram's and Discord's deliveries come in
	WebAddr       string         // host:port of the chat page; empty for none
	WebOrigins    []string       // websites that may use the API
	WebProxies    []netip.Prefix // servers in front of the page; nil for those of this machine
	ConsoleAddr   string         // host:port of the staff's console; empty for none
	ConsoleToken  string         // that staff sign in with; empty to make one
	ConsoleURL    string         // address at which staff reach it; empty for where it listens
	HealthAddr    string         // host:port
	LogLevel      zapcore.Level
	StopTimeout   time.Duration // how long replies under way may take after SIGTERM
}

const (
	defaultHealthAddr = "127.0.0.1:8081"
	defaultWebAddr    = "127.0.0.1:8080"
	defaultHooksAddr  = "127.0.0.1:8082"

	defaultConsoleAddr = "127.0.0.1:8083"
)

// A setting is one environment variable.
type setting struct {
	name, fallback, help string
	set                  func(c *config, value string) error
}

// settings lists all environment variables of serve, in the order in which help shows them.
func settings() []setting {
	return []setting{
		{"FRONTDESK_KNOWLEDGE", "", "folder of articles; without it the sample knowledge is served",
			func(c *config, v string) error { c.Knowledge = v; return nil }},
		{"FRONTDESK_CONTACT_URL", "", "the way to a human where the articles and desk.yaml name none",
			func(c *config, v string) error { return nil }}, // read where knowledge is loaded
		{"FRONTDESK_TELEGRAM_TOKEN", "", "Telegram bot token, or the path of a file that holds it",
			func(c *config, v string) (err error) { c.TelegramToken, err = secret(v); return err }},
		{"FRONTDESK_DISCORD_TOKEN", "", "Discord bot token, or the path of a file that holds it",
			func(c *config, v string) (err error) { c.DiscordToken, err = secret(v); return err }},
		{"FRONTDESK_DATA", "", "folder for what must survive a restart: questions not yet answered, versions, the journal",
			func(c *config, v string) error { c.Data = v; return nil }},
		{"FRONTDESK_INDEX", "", "folder for the index on a disk of this machine, where memory is short; of this program alone (in memory)",
			func(c *config, v string) error { c.Index = v; return nil }},
		{"FRONTDESK_JOURNAL", string(knowledge.KeepClustered), "what is kept of questions: counts, clustered, full or off",
			func(c *config, v string) (err error) { c.Journal, err = journalPrivacy(v); return err }},
		{"FRONTDESK_JOURNAL_DAYS", "90", "for how many days",
			func(c *config, v string) (err error) { c.JournalTime, err = retention(v); return err }},
		{"FRONTDESK_DATABASE_URL", "", "PostgreSQL for the journal, or a file that holds its address; without it journal.db in FRONTDESK_DATA",
			func(c *config, v string) (err error) { c.Database, err = databaseAddress(v); return err }},
		{"FRONTDESK_WEB_ADDR", defaultWebAddr, "where the chat page and the JSON API listen; off for neither",
			func(c *config, v string) (err error) { c.WebAddr, err = hostPortOrOff(v, defaultWebAddr); return err }},
		{"FRONTDESK_WEB_ORIGINS", "", "websites that may use the API, such as https://clinic.example,https://www.clinic.example",
			func(c *config, v string) (err error) { c.WebOrigins, err = origins(v); return err }},
		{"FRONTDESK_WEB_PROXIES", "", "addresses of servers in front of the page, such as 10.0.0.0/8 (those of this machine)",
			func(c *config, v string) (err error) { c.WebProxies, err = prefixes(v); return err }},
		{"FRONTDESK_CONSOLE_ADDR", defaultConsoleAddr, "where the staff's console listens; off for none",
			func(c *config, v string) (err error) {
				c.ConsoleAddr, err = hostPortOrOff(v, defaultConsoleAddr)
				return err
			}},
		{"FRONTDESK_CONSOLE_TOKEN", "", "what staff sign in with, or the path of a file that holds it; without it one is made in FRONTDESK_DATA",
			func(c *config, v string) (err error) { c.ConsoleToken, err = chosenToken(v); return err }},
		{"FRONTDESK_CONSOLE_URL", "", "address at which staff reach the console, for the links that the bots send",
			func(c *config, v string) (err error) { c.ConsoleURL, err = siteAddress(v); return err }},
		{"FRONTDESK_HEALTH_ADDR", defaultHealthAddr, "where GET /healthz and GET /metrics listen",
			func(c *config, v string) (err error) { c.HealthAddr, err = hostPort(v, defaultHealthAddr); return err }},
		{"FRONTDESK_TELEGRAM_API", "", "base address of a self-hosted Bot API, such as http://127.0.0.1:8080",
			func(c *config, v string) (err error) { c.TelegramAPI, err = baseAddress(v); return err }},
		{"FRONTDESK_DISCORD_API", "", "base address of Discord's API, for tests",
			func(c *config, v string) (err error) { c.DiscordAPI, err = baseAddress(v); return err }},
		{"FRONTDESK_TELEGRAM_WEBHOOK", "", "public https address that Telegram delivers to; without it the program polls",
			func(c *config, v string) (err error) { c.TelegramHook, err = baseAddress(v); return err }},
		{"FRONTDESK_DISCORD_PUBLIC_KEY", "", "public key, if Discord posts interactions by HTTP to /discord",
			func(c *config, v string) error { c.DiscordKey = v; return nil }},
		{"FRONTDESK_DISCORD_MESSAGE_CONTENT", "false", "true once the intent of that name is granted; needed where rooms answer auto",
			func(c *config, v string) (err error) { c.DiscordReads, err = yesNo(v); return err }},
		{"FRONTDESK_DISCORD_SHARDS", "0", "connections to Discord's gateway; 0 for as many as Discord recommends",
			func(c *config, v string) (err error) { c.DiscordShards, err = shardCount(v); return err }},
		{"FRONTDESK_HOOKS_ADDR", defaultHooksAddr, "where Telegram's webhook and Discord's interactions by HTTP come in, behind a server with a certificate",
			func(c *config, v string) (err error) { c.HooksAddr, err = hostPort(v, defaultHooksAddr); return err }},
		{"FRONTDESK_EMBEDDINGS", "", "folder of an embedding model, or address of an embeddings endpoint; words alone without it",
			func(c *config, v string) error { return nil }}, // these three are read where snapshots are built
		{"FRONTDESK_EMBEDDINGS_MODEL", "", "the model's name, for an endpoint",
			func(c *config, v string) error { return nil }},
		{"FRONTDESK_EMBEDDINGS_KEY", "", "bearer token of the endpoint, or the path of a file that holds it",
			func(c *config, v string) error { return nil }},
		{"FRONTDESK_LOG_LEVEL", "info", "debug, info, warn or error",
			func(c *config, v string) (err error) { c.LogLevel, err = logLevel(v); return err }},
		{"FRONTDESK_STOP_TIMEOUT", "20s", "how long replies under way may take after SIGTERM; 1s or more",
			func(c *config, v string) (err error) { c.StopTimeout, err = stopTimeout(v); return err }},
	}
}

// readConfig reads all settings; the error names every one that is wrong.
func readConfig(env func(string) string) (config, error) {
	var c config
	var wrong []error
	for _, s := range settings() {
		value := strings.TrimSpace(env(s.name))
		if value == "" {
			value = s.fallback
		}
		if value == "" {
			continue
		}
		if err := s.set(&c, value); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", s.name, err))
		}
	}
	if c.TelegramHook != "" && c.DiscordKey != "" && pathOf(c.TelegramHook) == discordPath {
		wrong = append(wrong, fmt.Errorf("FRONTDESK_TELEGRAM_WEBHOOK: with FRONTDESK_DISCORD_PUBLIC_KEY set, Discord posts to %s; "+
			"want another path, such as /telegram", discordPath))
	}
	if c.Data != "" && c.Knowledge != "" && within(c.Data, c.Knowledge) {
		wrong = append(wrong, fmt.Errorf("FRONTDESK_DATA: %q lies in the knowledge folder, where all that is kept would count as staff's change; want a folder beside it", c.Data))
	}
	return c, errors.Join(wrong...)
}

// within reports whether a folder is another one or lies in it.
func within(dir, outer string) bool {
	inner, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	if outer, err = filepath.Abs(outer); err != nil {
		return false
	}
	rel, err := filepath.Rel(outer, inner)
	return err == nil && filepath.IsLocal(rel)
}

// maxSecret bounds a file that should hold a token, in bytes.
const maxSecret = 4096

// secret returns a token given directly or as the path of a file: what holds a slash, or is the name of a file that is
// there. Errors never hold the value, unless a file shows that it is a path.
func secret(value string) (string, error) {
	info, err := os.Stat(value)
	if !strings.ContainsAny(value, `/\`) && (err != nil || info.IsDir()) {
		return value, nil
	}
	if err != nil {
		return "", errors.New("no file at this path that could hold the token")
	}
	if info.IsDir() || info.Size() > maxSecret {
		return "", errors.New("the path does not lead to a file with a token")
	}
	data, err := os.ReadFile(value)
	if err != nil {
		return "", errors.New("the file with the token cannot be read")
	}
	token := strings.TrimSpace(string(data))
	if token == "" {
		return "", fmt.Errorf("the file %q is empty; put the token into it", value)
	}
	return token, nil
}

func baseAddress(value string) (string, error) {
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", errors.New("want an address such as http://127.0.0.1:8080")
	}
	return strings.TrimRight(value, "/"), nil
}

// siteAddress is baseAddress for pages that lead to each other from the root of their site.
func siteAddress(value string) (string, error) {
	address, err := baseAddress(value)
	if err == nil && pathOf(address) != "/" {
		return "", fmt.Errorf("want an address without a path, such as https://desk.clinic.example, not %q", value)
	}
	return address, err
}

// discordPath is where Discord posts interactions.
const discordPath = "/discord"

// pathOf returns the path of an address that baseAddress took.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "/"
	}
	return cmp.Or(u.Path, "/")
}

// stopTimeout reads how long stopping may take. Less than a second would cut off what is about to be sent, and to the
// bots zero means a default of theirs.
func stopTimeout(value string) (time.Duration, error) {
	d, err := time.ParseDuration(value)
	if err != nil || d < time.Second {
		return 0, fmt.Errorf("%q is no time of 1s or more, such as 20s", value)
	}
	return d, nil
}

// hostPort reads where something listens.
func hostPort(value, example string) (string, error) {
	if !isHostPort(value) {
		return "", fmt.Errorf("want host:port, such as %s, not %q", example, value)
	}
	return value, nil
}

// hostPortOrOff reads where something listens that an operator can do without; empty for nowhere.
func hostPortOrOff(value, example string) (string, error) {
	switch {
	case value == "off":
		return "", nil
	case !isHostPort(value):
		return "", fmt.Errorf("want host:port, such as %s, or off, not %q", example, value)
	}
	return value, nil
}

// isHostPort reports whether value is an address to listen at: no host stands for every address of the machine.
func isHostPort(value string) bool {
	_, port, err := net.SplitHostPort(value)
	if err != nil {
		return false
	}
	_, err = net.LookupPort("tcp", port) // a number, or a service's name
	return err == nil
}

// origins reads a list of websites, without a path, or "*".
func origins(value string) ([]string, error) {
	var all []string
	for _, o := range strings.FieldsFunc(value, isComma) {
		u, err := url.Parse(o)
		if o != "*" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || o != u.Scheme+"://"+u.Host || u.Host == "") {
			return nil, fmt.Errorf("%q is not the address of a website, such as https://clinic.example, without a path", o)
		}
		all = append(all, o)
	}
	return all, nil
}

// prefixes reads a list of addresses and ranges of them.
func prefixes(value string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, text := range strings.FieldsFunc(value, isComma) {
		if a, err := netip.ParseAddr(text); err == nil {
			all = append(all, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("%q is no address and no range such as 10.0.0.0/8", text)
		}
		all = append(all, p)
	}
	return all, nil
}

func yesNo(value string) (bool, error) {
	yes, err := strconv.ParseBool(value)
	if err != nil {
		return false, fmt.Errorf("want true or false, not %q", value)
	}
	return yes, nil
}

func shardCount(value string) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("want how many connections, such as 2, or 0 for as many as Discord recommends, not %q", value)
	}
	return n, nil
}

func logLevel(value string) (zapcore.Level, error) {
	level, err := zapcore.ParseLevel(value)
	if err != nil {
		return level, fmt.Errorf("want debug, info, warn or error, not %q", value)
	}
	return level, nil
}

func isComma(r rune) bool { return r == ',' || unicode.IsSpace(r) }
