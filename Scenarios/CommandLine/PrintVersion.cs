using System.CommandLine;
using System.CommandLine.Invocation;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>The version of this program, whatever process it runs in.</summary>
internal sealed class PrintVersion(Terminal terminal) : SynchronousCommandLineAction
{
    public static string Version { get; } = typeof(PrintVersion).Assembly.GetName().Version!.ToString(3);

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        terminal.Output.WriteLine($"gossipsim {Version}");
        return (int)ExitCode.Held;
    }
}
