using System.Text;

namespace GossipSim.Scenarios.Prompting;

/// <summary>
/// A prompt as terminal users expect it: arrows, Home and End, Ctrl-A, E, U, K, W and L, the lines of before, and
/// completion with Tab. What the program says meanwhile appears above the line.
/// </summary>
/// <param name="complete">What the word before the cursor may become, given all before the cursor.</param>
internal sealed class LineEditor(
    string prompt, Func<ConsoleKeyInfo> readKey, TextWriter screen, Func<string, IReadOnlyList<string>> complete)
    : ILineSource
{
    private const string ClearLine = "\r\e[K";
    private const string ClearScreen = "\e[2J\e[H";

    private readonly Lock gate = new();
    private readonly LineHistory history = new();
    private LineBuffer? line;
    private LinesAbove? above;

    public TextWriter Output => above ??= new LinesAbove(this);

    public string? ReadLine()
    {
        lock (gate)
        {
            line = new LineBuffer();
            Draw();
        }

        while (true)
        {
            var key = readKey();
            lock (gate)
            {
                if (IsEnd(key)) return Finish(null);
                if (key.Key == ConsoleKey.Enter) return Finish(line.Text);
                Handle(key, line);
                Draw();
            }
        }
    }

    private bool IsEnd(ConsoleKeyInfo key) => IsControl(key, ConsoleKey.D) && line!.Text.Length == 0;

    private static bool IsControl(ConsoleKeyInfo key, ConsoleKey letter) =>
        key.Key == letter && key.Modifiers == ConsoleModifiers.Control;

    private string? Finish(string? text)
    {
        Draw();
        screen.WriteLine();
        line = null;
        if (text is not null) history.Add(text);
        return text;
    }

    private void Handle(ConsoleKeyInfo key, LineBuffer line)
    {
        if (key.Modifiers == ConsoleModifiers.Control)
        {
            HandleControl(key.Key, line);
            return;
        }

        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: line.MoveBy(-1); break;
            case ConsoleKey.RightArrow: line.MoveBy(1); break;
            case ConsoleKey.Home: line.MoveTo(0); break;
            case ConsoleKey.End: line.MoveTo(line.Text.Length); break;
            case ConsoleKey.Backspace: line.DeleteTo(line.Cursor - 1); break;
            case ConsoleKey.Delete: line.DeleteTo(line.Cursor + 1); break;
            case ConsoleKey.UpArrow: Recall(-1, line); break;
            case ConsoleKey.DownArrow: Recall(1, line); break;
            case ConsoleKey.Tab: Complete(line); break;
            default:
                if (!char.IsControl(key.KeyChar)) line.Insert(key.KeyChar.ToString());
                break;
        }
    }

    private void HandleControl(ConsoleKey key, LineBuffer line)
    {
        switch (key)
        {
            case ConsoleKey.A: line.MoveTo(0); break;
            case ConsoleKey.E: line.MoveTo(line.Text.Length); break;
            case ConsoleKey.B: line.MoveBy(-1); break;
            case ConsoleKey.F: line.MoveBy(1); break;
            case ConsoleKey.D: line.DeleteTo(line.Cursor + 1); break;
            case ConsoleKey.H: line.DeleteTo(line.Cursor - 1); break;
            case ConsoleKey.K: line.DeleteTo(line.Text.Length); break;
            case ConsoleKey.U: line.DeleteTo(0); break;
            case ConsoleKey.W: line.DeleteTo(line.WordStart()); break;
            case ConsoleKey.P: Recall(-1, line); break;
            case ConsoleKey.N: Recall(1, line); break;
            case ConsoleKey.L: screen.Write(ClearScreen); break;
        }
    }

    private void Recall(int steps, LineBuffer line)
    {
        if (history.Go(steps, line.Text) is { } recalled) line.Set(recalled);
    }

    private void Complete(LineBuffer line)
    {
        var before = line.Text[..line.Cursor];
        var word = before[(before.LastIndexOf(' ') + 1)..];
        var found = complete(before);
        if (found.Count == 0) return;
        var common = found.Aggregate(Common);
        if (found.Count == 1) line.Insert(found[0][word.Length..] + " ");
        else if (common.Length > word.Length) line.Insert(common[word.Length..]);
        else screen.Write($"{ClearLine}{string.Join("  ", found)}{Environment.NewLine}");
    }

    private static string Common(string one, string other)
    {
        var length = 0;
        while (length < one.Length && length < other.Length && one[length] == other[length]) length++;
        return one[..length];
    }

    private void Draw()
    {
        if (line is null) return;
        screen.Write($"{ClearLine}{prompt}{line.Text}");
        if (line.Cursor < line.Text.Length) screen.Write($"\e[{line.Text.Length - line.Cursor}D");
        screen.Flush();
    }

    private void WriteAbove(string text)
    {
        lock (gate)
        {
            if (line is not null) screen.Write(ClearLine);
            screen.Write(text);
            Draw();
            screen.Flush();
        }
    }

    /// <summary>Whole lines that appear above the one being typed; a part of a line waits for its end.</summary>
    private sealed class LinesAbove(LineEditor editor) : TextWriter
    {
        private readonly StringBuilder waiting = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(string? value)
        {
            lock (waiting)
            {
                waiting.Append(value);
                var text = waiting.ToString();
                var end = text.LastIndexOf('\n') + 1;
                if (end == 0) return;
                waiting.Remove(0, end);
                editor.WriteAbove(text[..end]);
            }
        }

        public override void WriteLine(string? value) => Write(value + Environment.NewLine);
    }
}
