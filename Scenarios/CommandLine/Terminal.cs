using Spectre.Console;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// Where the program writes. With <c>--json</c> stdout carries one JSON object and nothing else, so commands say
/// through <see cref="MessagesOf"/> where their words go.
/// </summary>
internal sealed record Terminal
{
    private const string ResetColor = "\e[0m";

    /// <summary>Lines are cut for people; a file or pipe gets them whole.</summary>
    private const int WidthWithoutScreen = 160;

    private readonly VisibleWriter output;
    private readonly bool allowsColors;

    /// <param name="allowsColors">Whether there may be colors where there is a screen.</param>
    public Terminal(TextWriter output, TextWriter error, bool allowsColors)
    {
        this.output = VisibleWriter.Over(output);
        Error = VisibleWriter.Over(error);
        this.allowsColors = allowsColors;
    }

    public TextWriter Output
    {
        get => output;
        init => output = VisibleWriter.Over(value);
    }

    public TextWriter Error { get; }

    /// <summary>Whether stdout is a screen that shows colors.</summary>
    public bool IsColored => allowsColors && OutputWidth() is not null;

    /// <summary>stdout for what draws with control characters, and lets no text of others through.</summary>
    public TextWriter Screen => output.Screen;

    /// <summary>Where <c>-</c> as the name of a file reads from.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Columns of the screen that stdout is; null when it is none.</summary>
    public Func<int?> OutputWidth { get; init; } = () => null;

    /// <summary>The same of stderr.</summary>
    public Func<int?> ErrorWidth { get; init; } = () => null;

    /// <summary>The real one; colors never against NO_COLOR (no-color.org).</summary>
    public static Terminal OfProcess()
    {
        ClosedStreams.Silence();
        return new Terminal(
            Console.Out, Console.Error,
            allowsColors: string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
        {
            OpenInput = ClosedStreams.IsInputClosed ? () => Stream.Null : Console.OpenStandardInput,
            OutputWidth = () => Console.IsOutputRedirected ? null : ScreenWidth(),
            ErrorWidth = () => Console.IsErrorRedirected ? null : ScreenWidth(),
        };
    }

    public TextWriter MessagesOf(bool json) => json ? Error : Output;

    /// <summary>Tells on stderr what a user should know although all went on; null tells nothing.</summary>
    public void Note(string? words)
    {
        if (words is not null) Error.WriteLine($"note: {words}");
    }

    /// <summary>Columns of the screen behind one of the writers; null when there is none.</summary>
    public int? WidthOf(TextWriter writer) => (ReferenceEquals(writer, Error) ? ErrorWidth : OutputWidth)();

    /// <summary>Tables and colors on one of the writers.</summary>
    /// <param name="isLive">Whether it draws over what it has drawn, as progress bars do.</param>
    public IAnsiConsole Rich(TextWriter writer, bool isLive = false)
    {
        int? width = WidthOf(writer);
        bool isColored = allowsColors && width is not null;
        bool isScreen = isColored || isLive;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isScreen ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isColored ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isLive ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(isScreen ? VisibleWriter.Over(writer).Screen : new TrimmedText(writer)),
        });
        if (!isLive) console.Profile.Width = width ?? WidthWithoutScreen;
        return console;
    }

    /// <summary>Sentences: a screen breaks them between words, a file or pipe gets them whole.</summary>
    /// <param name="indent">Blanks before each line but the first.</param>
    /// <param name="column">Where in the first line it begins, if something else is there already.</param>
    public void WriteProse(TextWriter writer, string text, int indent = 0, int column = 0)
    {
        if (WidthOf(writer) is not { } width)
        {
            writer.WriteLine(text);
            return;
        }

        foreach (string line in WordWrap.Lines(VisibleText.Of(text), width, indent, column))
            writer.WriteLine(line);
    }

    /// <summary>A line on stdout, in a color where there are any.</summary>
    /// <param name="color">The control sequence that begins it.</param>
    public void WriteLine(string color, string line)
    {
        if (IsColored) Screen.WriteLine(color + VisibleText.Of(line) + ResetColor);
        else Output.WriteLine(line);
    }

    /// <summary>A terminal that does not tell its width is taken for one of the usual width.</summary>
    private static int ScreenWidth()
    {
        const int Usual = 80;
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : Usual;
        }
        catch (IOException)
        {
            return Usual;
        }
    }
}
