using System.Text;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// Between the program and a terminal: whatever text comes, no character of it makes the terminal do anything. What has
/// to draw with control characters writes to <see cref="Screen"/>.
/// </summary>
internal sealed class VisibleWriter : TextWriter
{
    private VisibleWriter(TextWriter screen) : base(screen.FormatProvider)
    {
        Screen = screen;
        CoreNewLine = screen.NewLine.ToCharArray();
    }

    /// <summary>The same place, without the guard.</summary>
    public TextWriter Screen { get; }

    public override Encoding Encoding => Screen.Encoding;

    public static VisibleWriter Over(TextWriter screen) => screen as VisibleWriter ?? new VisibleWriter(screen);

    public override void Write(char value) => Screen.Write(VisibleText.Of(value.ToString()));

    public override void Write(string? value)
    {
        if (value is not null) Screen.Write(VisibleText.Of(value));
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (VisibleText.FirstHidden(buffer) < 0) Screen.Write(buffer);
        else Screen.Write(VisibleText.Of(buffer.ToString()));
    }

    public override void WriteLine() => Screen.WriteLine();

    /// <summary>In one piece: several threads may write lines.</summary>
    public override void WriteLine(string? value) => Screen.WriteLine(VisibleText.Of(value ?? ""));

    public override void Flush() => Screen.Flush();
}
