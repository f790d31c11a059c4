using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.LocalNetworks;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Stages;
using GossipSim.Tests.Scenarios.Files;

namespace GossipSim.Tests.Scenarios.CommandLine;

/// <summary>The program in this process: arguments in; exit code, stdout and stderr out.</summary>
internal sealed class ProgramRun : IDisposable
{
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public ScenarioFolder Folder { get; } = new();

    public RunHandler? Run { get; set; }

    public ExploreHandler? Explore { get; set; }

    public ShrinkHandler? Shrink { get; set; }

    public ReplayHandler? Replay { get; set; }

    public NodeHandler? Node { get; set; }

    public LocalNetworkHandler? LocalNetwork { get; set; }

    public StageHandler? Stages { get; set; }

    public string Output => output.ToString();

    public string Error => error.ToString();

    public ExitCode Main(params string[] arguments)
    {
        var handlers = new Handlers
        {
            Run = Run,
            Explore = Explore,
            Shrink = Shrink,
            Replay = Replay,
            Node = Node,
            LocalNetwork = LocalNetwork,
            Stages = Stages,
        };
        var terminal = new Terminal(output, error, IsColored: false);
        return new CommandLineProgram(handlers, terminal, Folder.Library).RunAsync(arguments).GetAwaiter().GetResult();
    }

    public void Dispose() => Folder.Dispose();
}
