package lsp

import (
	"reflect"
	"testing"
)

// SettingNames are the settings that the server reads.
func SettingNames() (names []string) {
	for i := range reflect.TypeFor[settings]().NumField() {
		names = append(names, reflect.TypeFor[settings]().Field(i).Tag.Get("json"))
	}
	return names
}

func TestPositions(t *testing.T) {
	const s = "aé\U0001F310b\r\nc\rd\n\nlast"
	for _, c := range []struct {
		in     encoding
		offset int
		want   position
	}{
		{inUTF16, 0, position{0, 0}}, {inUTF16, 1, position{0, 1}}, {inUTF16, 3, position{0, 2}}, {inUTF16, 7, position{0, 4}},
		{inUTF16, 8, position{0, 5}}, {inUTF16, 10, position{1, 0}}, {inUTF16, 12, position{2, 0}}, {inUTF16, 14, position{3, 0}},
		{inUTF16, 15, position{4, 0}}, {inUTF16, 19, position{4, 4}}, {inUTF8, 7, position{0, 7}}, {inUTF8, 19, position{4, 4}},
	} {
		text := newText([]byte(s), c.in)
		if got := text.position(c.offset); got != c.want {
			t.Errorf("%s: offset %d is at %v, want %v", c.in, c.offset, got, c.want)
		}
		if got := text.offset(c.want); got != c.offset {
			t.Errorf("%s: %v is offset %d, want %d", c.in, c.want, got, c.offset)
		}
	}
	for _, c := range []struct {
		in   encoding
		p    position
		want int
	}{
		{inUTF16, position{0, 3}, 3}, {inUTF16, position{0, 99}, 8}, {inUTF16, position{9, 0}, 19}, {inUTF16, position{-1, 0}, 0},
		{inUTF8, position{0, 2}, 1}, {inUTF8, position{0, 99}, 8}, {inUTF8, position{4, -3}, 15}, {inUTF16, position{4, -3}, 15},
	} {
		if got := newText([]byte(s), c.in).offset(c.p); got != c.want {
			t.Errorf("%s: %v is offset %d, want %d", c.in, c.p, got, c.want)
		}
	}
}

func TestURIs(t *testing.T) {
	for uri, want := range map[string]string{
		"file:///a/b%20c.yaml": "/a/b c.yaml", "file:///a/../b": "/b", "untitled:Untitled-1": "", "file://host/a": "",
		"git:/a/b": "", "file:///%C3%A9": "/é", "%": "", "file:relative": "",
	} {
		if got := pathOf(uri); got != want {
			t.Errorf("%s is %q, want %q", uri, got, want)
		}
	}
	if got := pathOf(uriOf("/a b/#c?.yaml")); got != "/a b/#c?.yaml" {
		t.Errorf("there and back: %q", got)
	}
}
