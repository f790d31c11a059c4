using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;
using Spectre.Console;

namespace GossipSim.Scenarios.Progress;

/// <summary>
/// Chooses how to show progress: live on a terminal, plain lines into files and pipes, on stderr with JSON.
/// </summary>
internal static class RunProgress
{
    private const int RedirectedWidth = 120;

    /// <param name="json">Whether stdout belongs to one JSON object.</param>
    public static IRunProgress Start(RunFacts facts, bool json) => IsTerminal(json)
        ? new LiveProgress(ConsoleFor(json), facts)
        : new PlainProgress(WriterFor(json), facts, TimeProvider.System);

    public static TextWriter WriterFor(bool json) => json ? Console.Error : Console.Out;

    /// <summary>A console for people; without colours when redirected or when NO_COLOR is set (no-color.org).</summary>
    public static IAnsiConsole ConsoleFor(bool json)
    {
        var terminal = IsTerminal(json);
        var coloured = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = coloured ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(terminal ? WriterFor(json) : new TrimmedText(WriterFor(json))),
        });

        // Nothing in a file has to fit a screen.
        if (!terminal) console.Profile.Width = RedirectedWidth;
        return console;
    }

    private static bool IsTerminal(bool json) => json ? !Console.IsErrorRedirected : !Console.IsOutputRedirected;
}
