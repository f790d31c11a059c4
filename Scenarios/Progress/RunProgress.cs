using GossipSim.Scenarios.Results;
using Spectre.Console;

namespace GossipSim.Scenarios.Progress;

/// <summary>Chooses how to show progress: live on a terminal, plain lines into files and pipes, on stderr with JSON.</summary>
internal static class RunProgress
{
    /// <param name="json">Whether stdout belongs to one JSON object.</param>
    public static IRunProgress Start(RunFacts facts, bool json)
    {
        var redirected = json ? Console.IsErrorRedirected : Console.IsOutputRedirected;
        var writer = json ? Console.Error : Console.Out;
        return redirected
            ? new PlainProgress(writer, facts, TimeProvider.System)
            : new LiveProgress(ConsoleOn(writer), facts);
    }

    /// <summary>A console on that writer; without colours when NO_COLOR is set (no-color.org).</summary>
    public static IAnsiConsole ConsoleOn(TextWriter writer)
    {
        var plain = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
    }
}
