using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// The whole program but for the process: arguments in, exit code out. A user's mistake is one line on stderr; only a
/// bug of ours says more.
/// </summary>
internal sealed class CommandLineProgram(Handlers handlers, Terminal terminal, ScenarioLibrary library)
{
    /// <summary>Ctrl-C lets a run write its results; whoever is still busy after this is cut off.</summary>
    private static readonly TimeSpan timeToFinish = TimeSpan.FromSeconds(30);

    private const string HelpWord = "help";

    /// <summary>An argument that starts with @ is a name like any other.</summary>
    private static readonly ParserConfiguration parsing = new() { ResponseFileTokenReplacer = null };

    private static readonly string[] globalOptions = ["--help", "-h", "-?", "/?", "/h", "--version", "-v", "-V"];

    public async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel = default)
    {
        try
        {
            RootCommand root = CreateRoot();
            ParseResult parsed = root.Parse(WithCommand(arguments, root), parsing);
            if (UsageErrors.UnknownOption(parsed) is { } unknown)
                return Refuse(unknown);
            if (parsed.Errors.Count > 0 && parsed.Action is null or ParseErrorAction)
                return Refuse(UsageErrors.Explain(parsed));
            if (UsageErrors.EmptyPath(parsed) is { } nothing)
                return Refuse(nothing);

            return (ExitCode)await parsed.InvokeAsync(Configuration(), cancel);
        }
        catch (ScenarioException wrong)
        {
            return Refuse(Shortened(wrong.Problems));
        }
        catch (UsageException wrong)
        {
            return Refuse(wrong.Message);
        }
        catch (EnvironmentException obstacle)
        {
            terminal.Error.WriteLine(obstacle.Message);
            return ExitCode.Environment;
        }
        catch (Exception obstacle) when (obstacle is IOException or UnauthorizedAccessException)
        {
            // A file that the user may not touch; or one that could be written until now, and cannot be any more: the
            // disk or the descriptors ran out.
            terminal.Error.WriteLine($"gossipsim: {obstacle.Message}");
            return ExitCode.Environment;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("cancelled");
            return ExitCode.Cancelled;
        }
        catch (Exception bug)
        {
            string place = $"{bug.TargetSite?.DeclaringType}.{bug.TargetSite?.Name}";
            terminal.Error.WriteLine(
                $"gossipsim: internal error, a bug of the program: {bug.GetType().Name} in {place}: {bug.Message}"
                + " Please report it together with the command and the scenario.");
            return ExitCode.Internal;
        }
    }

    private RootCommand CreateRoot()
    {
        var root = new RootCommand("What does a gossip overlay do when peers crash, links fail and nodes lie?");
        if (handlers.Run is { } run)
            root.Add(RunCommand.Create(run, handlers.Repeat ?? run, terminal, library));
        root.Add(ValidateCommand.Create(terminal, library));
        root.Add(ListCommand.Create(terminal, library));
        root.Add(SchemaCommand.Create(terminal));
        root.Add(AnalyzeCommand.Create(terminal, library));
        root.Add(ExplainCommand.Create(terminal, library));
        root.Add(ExportCommand.Create(terminal, library));
        root.Add(TopologyCommand.Create(terminal, library));
        root.Add(BenchCommand.Create(terminal));
        root.Add(KeysCommand.Create(terminal, library));
        root.Add(DemoCommand.Create(terminal, library));
        if (handlers.Compare is { } compare)
            root.Add(CompareCommand.Create(compare, terminal, library));
        if (handlers.Explore is { } explore)
            root.Add(ExploreCommand.Create(explore, terminal, library));
        if (handlers.Sweep is { } sweep)
            root.Add(SweepCommand.Create(sweep, terminal, library));
        if (handlers.Shrink is { } shrink)
            root.Add(ShrinkCommand.Create(shrink, terminal, library));
        if (handlers.Replay is { } replay)
            root.Add(ReplayCommand.Create(replay, terminal, library));
        if (handlers.View is { } view)
            root.Add(ViewCommand.Create(view, terminal, library));
        if (handlers.Node is { } node)
        {
            root.Add(NodeCommand.Create(HostedRole.SeedNode, node, terminal, library));
            root.Add(NodeCommand.Create(HostedRole.Peer, node, terminal, library));
        }

        if (handlers.LocalNetwork is { } local)
        {
            root.Add(UpCommand.Create(local, terminal, library));
            root.Add(ManageCommand.Create(local, terminal, library));
        }

        if (handlers.Stages is { } stages)
            root.Add(TestCommand.Create(stages, terminal, library));
        if (handlers.Dashboard is { } dashboard)
            root.Add(DashboardCommand.Create(dashboard, terminal, library));

        root.Options.Remove(root.Options.OfType<VersionOption>().Single());
        root.Add(new VersionOption("--version", "-v", "-V") { Action = new PrintVersion(terminal) });
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        var explain = new HelpWithExamples((HelpAction)help.Action!, terminal);
        help.Action = explain;
        root.SetAction(explain.Invoke);
        InterruptibleAction.Wrap(root);
        return root;
    }

    /// <summary>
    /// <c>help keys create</c> is <c>keys create --help</c>. Whatever is neither a command nor an option of the program
    /// itself is a scenario to run.
    /// </summary>
    private List<string> WithCommand(IReadOnlyList<string> arguments, RootCommand root)
    {
        if (arguments.Count > 0 && arguments[0] == HelpWord)
            return WithHelp([.. arguments.Skip(1)], root);
        bool isPlain = arguments.Count == 0
            || globalOptions.Contains(arguments[0])
            || root.Subcommands.Any(command => command.Name == arguments[0]);
        if (isPlain)
            return [.. arguments];

        string first = arguments[0];
        if (handlers.Run is null)
            throw new UsageException(UsageErrors.UnknownCommand(first, root));
        if (!first.StartsWith('-') && !first.Contains('.', StringComparison.Ordinal))
            RequireScenario(first, root);
        return [RunCommand.Name, .. arguments];
    }

    private static List<string> WithHelp(IReadOnlyList<string> asked, RootCommand root)
    {
        Command about = root;
        foreach (string word in asked)
        {
            about = about.Subcommands.FirstOrDefault(command => command.Name == word)
                ?? throw new UsageException(UsageErrors.UnknownCommand(word, about));
        }

        return [.. asked, "--help"];
    }

    /// <summary>A single word may be a mistyped command as well as a missing scenario.</summary>
    private void RequireScenario(string word, RootCommand root)
    {
        try
        {
            library.Find(word);
        }
        catch (ScenarioException) when (UsageErrors.NearestCommand(word, root) is not null)
        {
            throw new UsageException(UsageErrors.UnknownCommand(word, root));
        }
    }

    private InvocationConfiguration Configuration() => new()
    {
        Output = terminal.Output,
        Error = terminal.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = timeToFinish,
    };

    private ExitCode Refuse(string message)
    {
        terminal.Error.WriteLine(message);
        return ExitCode.BadInput;
    }

    /// <summary>Of a file's problems the first: another command tells all. What was typed has no other.</summary>
    private static string Shortened(IReadOnlyList<ScenarioProblem> problems) =>
        problems.Count == 1 || problems.All(problem => problem.Origin.Line == 0)
        ? string.Join("; ", problems)
        : $"{problems[0]} ({problems.Count - 1} more: gossipsim {ValidateCommand.Name} tells all)";
}
