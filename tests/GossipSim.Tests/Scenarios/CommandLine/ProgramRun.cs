using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.LocalNetworks;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Stages;
using GossipSim.Tests.Scenarios.Files;

namespace GossipSim.Tests.Scenarios.CommandLine;

/// <summary>The program in this process: arguments in; exit code, stdout and stderr out.</summary>
internal sealed class ProgramRun : IDisposable
{
    private readonly LockedText output = new();
    private readonly LockedText error = new();

    public ScenarioFolder Folder { get; } = new();

    public RunHandler? Run { get; set; }

    public RunHandler? Repeat { get; set; }

    public CompareHandler? Compare { get; set; }

    public ExploreHandler? Explore { get; set; }

    public SweepHandler? Sweep { get; set; }

    public ShrinkHandler? Shrink { get; set; }

    public ReplayHandler? Replay { get; set; }

    public ViewHandler? View { get; set; }

    public DashboardHandler? Dashboard { get; set; }

    public NodeHandler? Node { get; set; }

    public LocalNetworkHandler? LocalNetwork { get; set; }

    public StageHandler? Stages { get; set; }

    /// <summary>Columns of the screen; null for a pipe.</summary>
    public int? Width { get; set; }

    /// <summary>What a file called - reads.</summary>
    public byte[] Input { get; set; } = [];

    public string Output => output.ToString();

    public string Error => error.ToString();

    public ExitCode Main(params string[] arguments) => Main(Compose(), arguments);

    /// <summary>The same on a thread of its own, with the handlers as they are now.</summary>
    public Task<ExitCode> Start(params string[] arguments)
    {
        var composed = Compose();
        return OnOwnThreadAsync(() => Main(composed, arguments));
    }

    private Handlers Compose() => new()
    {
        Run = Run,
        Repeat = Repeat,
        Compare = Compare,
        Explore = Explore,
        Sweep = Sweep,
        Shrink = Shrink,
        Replay = Replay,
        View = View,
        Dashboard = Dashboard,
        Node = Node,
        LocalNetwork = LocalNetwork,
        Stages = Stages,
    };

    private ExitCode Main(Handlers handlers, string[] arguments)
    {
        var terminal = new Terminal(output.Writer, error.Writer, allowsColors: false)
        {
            OutputWidth = () => Width,
            OpenInput = () => new MemoryStream(Input),
        };
        return new CommandLineProgram(handlers, terminal, Folder.Library).RunAsync(arguments).GetAwaiter().GetResult();
    }

    /// <summary>
    /// What takes its time, on a thread of its own: what it holds up would be missing among those of the sockets.
    /// </summary>
    public static Task<ExitCode> OnOwnThreadAsync(Func<ExitCode> run) => Task.Factory.StartNew(
        run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        Folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    /// <summary>May be read while several threads write.</summary>
    private sealed class LockedText : IDisposable
    {
        private readonly StringWriter text = new();

        public LockedText() => Writer = TextWriter.Synchronized(text);

        public TextWriter Writer { get; }

        public void Dispose() => Writer.Dispose();

        // A synchronized writer locks itself.
        public override string ToString()
        {
            lock (Writer) return text.ToString();
        }
    }
}
