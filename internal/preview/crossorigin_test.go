package preview_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"casebook/internal/preview"
)

// pixel is a valid picture: a browser shows it unless the server refuses to send it.
const pixel = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

// probes tries to read a resource in all ways that a page has. The result of each way
// is "read" or "blocked".
const probes = `
	function settle(start) {
		return new Promise((resolve) => {
			setTimeout(resolve, 8000, "no answer");
			start(() => resolve("read"), () => resolve("blocked"));
		});
	}
	function element(name, url) {
		return settle((read, blocked) => {
			const e = document.createElement(name);
			e.onload = read;
			e.onerror = blocked;
			e.src = url;
			document.body.append(e);
		});
	}
	const ways = {
		fetch: (url) => settle((read, blocked) => fetch(url).then(read, blocked)),
		opaque: (url) => settle((read, blocked) => fetch(url, {mode: "no-cors"}).then(read, blocked)),
		script: (url) => element("script", url),
		img: (url) => element("img", url),
		iframe: (url) => settle((read, blocked) => {
			const frame = document.createElement("iframe");
			addEventListener("message", (e) => { if (e.source === frame.contentWindow) read(); });
			// An error page also loads, but sends no message.
			frame.onload = () => setTimeout(blocked, 300);
			frame.src = url;
			document.body.append(frame);
		}),
		events: (url) => settle((read, blocked) => {
			const events = new EventSource(url);
			events.onopen = () => { events.close(); read(); };
			events.onerror = () => { events.close(); blocked(); };
		}),
		socket: (url) => settle((read, blocked) => {
			const socket = new WebSocket(url.replace("http", "ws"));
			socket.onopen = read;
			socket.onerror = blocked;
		}),
	};
	async function probe(urls) {
		const found = {};
		await Promise.all(urls.flatMap((url) => Object.entries(ways).map(async ([name, way]) => {
			found[name + " " + new URL(url).pathname] = await way(url);
		})));
		return JSON.stringify(found);
	}
`

func checkOtherOrigins(t *testing.T, browser context.Context) {
	snapshot := small()
	snapshot["pixel.gif"] = pixel
	snapshot["framed.js"] = `parent.postMessage("read", "*")`
	snapshot["index.html"] = page("Home", `<script src="/framed.js"></script>`)
	paths := []string{"/", "/pixel.gif", "/__casebook/reload.js", "/__casebook/state", "/__casebook/events"}

	// attack probes the handler's resources at host, from a page of another origin.
	attack := func(t *testing.T, handler http.Handler, host string) map[string]string {
		target := httptest.NewServer(handler)
		t.Cleanup(target.Close)
		attacker := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, "<!doctype html><body><script>%s</script>", probes)
		}))
		t.Cleanup(attacker.Close)
		var urls []string
		for _, path := range paths {
			urls = append(urls, strings.Replace(target.URL, "127.0.0.1", host, 1)+path)
		}
		list, err := json.Marshal(urls)
		if err != nil {
			t.Fatal(err)
		}
		p := open(t, browser, attacker.URL)
		p.eval(fmt.Sprintf(`probe(%s).then((found) => { window.found = found })`, list))
		p.until(`typeof window.found`, "string")
		found := map[string]string{}
		if err := json.Unmarshal([]byte(p.eval(`window.found`)), &found); err != nil {
			t.Fatal(err)
		}
		// Open streams do not end by themselves.
		p.do(chromedp.Navigate("about:blank"))
		target.CloseClientConnections()
		return found
	}

	t.Run("the probes get at a server that lets them", func(t *testing.T) {
		t.Parallel()
		open := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			switch r.URL.Path {
			case "/":
				w.Header().Set("Content-Type", "text/html")
				fmt.Fprint(w, snapshot["index.html"])
			case "/framed.js", "/__casebook/reload.js":
				fmt.Fprint(w, snapshot["framed.js"])
			case "/pixel.gif":
				fmt.Fprint(w, pixel)
			case "/__casebook/events":
				w.Header().Set("Content-Type", "text/event-stream")
				fmt.Fprint(w, "data: 1\n\n")
			}
		})
		found := attack(t, open, "localhost")
		for _, way := range []string{"fetch /", "opaque /", "script /__casebook/reload.js", "img /pixel.gif", "iframe /", "events /__casebook/events"} {
			if found[way] != "read" {
				t.Errorf("%s: %s", way, found[way])
			}
		}
	})

	for _, host := range []string{"127.0.0.1", "localhost"} { // the same site with another port; another site
		for _, metadata := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, fetch metadata %v", host, metadata), func(t *testing.T) {
				t.Parallel()
				server := preview.New(preview.Options{})
				server.Show(snapshot, preview.Change{})
				found := attack(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if !metadata { // as with a browser that sends none
						for name := range r.Header {
							if strings.HasPrefix(name, "Sec-Fetch-") {
								r.Header.Del(name)
							}
						}
					}
					server.ServeHTTP(w, r)
				}), host)
				if len(found) != 7*len(paths) {
					t.Errorf("%d probes, want %d", len(found), 7*len(paths))
				}
				for way, result := range found {
					if result != "blocked" {
						t.Errorf("%s: %s", way, result)
					}
				}
			})
		}
	}
}
