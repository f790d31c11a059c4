using Spectre.Console;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// Where the program writes. With <c>--json</c> stdout carries one JSON object and nothing else, so commands say
/// through <see cref="MessagesOf"/> where their words go.
/// </summary>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsColored)
{
    /// <summary>Where <c>-</c> as the name of a file reads from.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Lines are cut for people; a file or pipe gets them whole.</summary>
    private const int WidthWithoutScreen = 160;

    /// <summary>The real one; colors only on a screen, and never against NO_COLOR (no-color.org).</summary>
    public static Terminal OfProcess()
    {
        ClosedStreams.Silence();
        return new Terminal(
            Console.Out,
            Console.Error,
            IsColored: !Console.IsOutputRedirected
                && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
        {
            OpenInput = ClosedStreams.IsInputClosed ? () => Stream.Null : Console.OpenStandardInput,
        };
    }

    public TextWriter MessagesOf(bool json) => json ? Error : Output;

    /// <summary>Tables and colors on one of the writers.</summary>
    public IAnsiConsole Rich(TextWriter writer)
    {
        bool isScreen = ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsColored ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsColored ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(isScreen ? writer : new TrimmedText(writer)),
        });
        if (!isScreen) console.Profile.Width = WidthWithoutScreen;
        return console;
    }
}
