using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Prompting;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>One word that may be typed at the prompt.</summary>
/// <param name="Takes">What follows it, for the help; empty for nothing.</param>
/// <param name="Least">Words that must follow.</param>
internal sealed record PromptCommand(
    string Name, string Takes, string Help, int Least, int Most, Func<string[], Task> Run)
{
    /// <summary>Whether its last argument is the rest of the line, with all blanks in it.</summary>
    public bool TakesText { get; init; }

    public bool TakesPorts => Takes.Contains("port", StringComparison.Ordinal);

    /// <summary>Whether it changes the network.</summary>
    public bool Changes => Name is not ("wait" or "list" or "links" or "seeds" or "status" or "help" or "exit");

    public string Usage => Takes.Length == 0 ? Name : $"{Name} {Takes}";
}

/// <summary>What the manager understands: document 002's four commands (SOURCES S47), and more.</summary>
internal sealed class PromptCommands
{
    private readonly LocalNetwork network;
    private readonly Terminal terminal;
    private readonly CancellationToken cancel;

    public PromptCommands(LocalNetwork network, Terminal terminal, CancellationToken cancel)
    {
        (this.network, this.terminal, this.cancel) = (network, terminal, cancel);
        All =
        [
            new("add", "[number]", "start a peer, or several, at the next ports", 0, 1, AddAsync),
            new("kill", "<port>", "end the process of a node at once, as kill -9 does", 1, 1,
                words => EachAsync(words, network.KillAsync, "killed")),
            new("stop", "<port>", "a peer says good-bye", 1, 1, words => Each(words, Leave, "leaves")),
            new("pause", "<port>", "a node stands still, as with SIGSTOP", 1, 1,
                words => Each(words, network.Pause, "paused")),
            new("resume", "<port>", "and goes on", 1, 1, words => Each(words, network.Resume, "goes on")),
            new("restart", "<port>", "another process at the same port; a seed node finds its disk", 1, 1,
                RestartAsync),
            new("partition", "<port>...", "cut these nodes off from all others", 1, 1000, PartitionAsync),
            new("heal", "", "the network is whole again", 0, 0, HealAsync),
            new("gossip", "<port> <text>", "a peer publishes a text", 2, 2, Say) { TakesText = true },
            new("wait", "<seconds>", "before the next line: for commands from a pipe", 1, 1, WaitAsync),
            new("list", "", "every node and its state", 0, 0, _ => Show(NetworkTables.List)),
            new("links", "[port]", "who is linked to whom", 0, 1, words => Show((_, _) =>
                NetworkTables.Links(network, words.Length == 0 ? null : RunningPeer(words[0]), terminal))),
            new("seeds", "", "the peer list of each seed node", 0, 0, _ => Show(NetworkTables.Seeds)),
            new("status", "", "the network in a few lines", 0, 0, _ => Show(NetworkTables.Status)),
            new("save", "<scenario.json>", "write what was done as a scenario", 1, 1, Save) { TakesText = true },
            new("help", "", "this list", 0, 0, _ => Help()),
            new("exit", "", "end the network, and write its results", 0, 0, _ => Task.CompletedTask),
        ];
    }

    public IReadOnlyList<PromptCommand> All { get; }

    /// <summary>Does what a line says.</summary>
    /// <returns>False when it is the last one.</returns>
    /// <exception cref="UsageException">It means nothing.</exception>
    /// <exception cref="EnvironmentException">A port is taken.</exception>
    public async Task<bool> RunAsync(string line)
    {
        // The first line of a file may begin with a byte order mark.
        string[] words = Words(line.TrimStart('\uFEFF'), most: 2);
        if (words.Length == 0 || words[0].StartsWith('#')) return true;
        string name = words[0] == "quit" ? "exit" : words[0];
        var command = All.FirstOrDefault(each => each.Name == name) ?? throw Unknown(TypedText.Shown(name));
        string[] rest = words.Length == 1
            ? [] : Words(words[1], command.TakesText ? command.Most : int.MaxValue);
        if (rest.Length < command.Least || rest.Length > command.Most)
            throw new UsageException($"write it as {command.Usage}");
        if (command.Changes) await network.OneAfterAnotherAsync(() => DoneAsync(command.Run(rest)));
        else await command.Run(rest);
        return command.Name != "exit";
    }

    /// <summary>What the word before the cursor may become.</summary>
    public IReadOnlyList<string> Complete(string before)
    {
        string[] words = before.Split(' ');
        IEnumerable<string> known = words.Length == 1
            ? All.Select(each => each.Name)
            : All.FirstOrDefault(each => each.Name == words[0]) is { TakesPorts: true }
                ? network.Ask(world => world.Nodes.All.Where(node => node.EverStarted)
                    .Select(node => $"{node.Address.Port}").ToList())
                : [];
        return [.. known.Where(each => each.StartsWith(words[^1], StringComparison.Ordinal)).Order()];
    }

    private static string[] Words(string text, int most) => text.Split(
        (char[]?)null, most, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private UsageException Unknown(string name) => new(
        $"unknown command \"{name}\"{Suggestion.DidYouMean(name, All.Select(each => each.Name))} (help lists them)");

    private static async Task<bool> DoneAsync(Task doing)
    {
        await doing;
        return true;
    }

    private async Task AddAsync(string[] words)
    {
        const int MostAtOnce = 100;
        int count = words.Length == 0 ? 1 : int.TryParse(words[0], out int number) ? number : 0;
        if (count is < 1 or > MostAtOnce)
            throw new UsageException(
                $"found \"{TypedText.Shown(words[0])}\", "
                + $"allowed is a number of peers from 1 to {MostAtOnce}");
        for (int each = 0; each < count; each++) terminal.Output.WriteLine($"{await network.AddAsync()} started");
    }

    /// <summary>Over early after Ctrl-C, or when a node broke: who drives looks at both then.</summary>
    private async Task WaitAsync(string[] words)
    {
        const double MostSeconds = 3600;
        if (!double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            || seconds is not (>= 0 and <= MostSeconds))
            throw new UsageException(
                $"found \"{TypedText.Shown(words[0])}\", "
                + $"allowed is a number of seconds from 0 to {MostSeconds}");
        // Again, because a timer may end some milliseconds early: it counts in ticks of a coarse clock.
        double over = network.Seconds + seconds;
        for (var left = seconds; left > 0 && !cancel.IsCancellationRequested && !network.Broken.IsCompleted;
            left = over - network.Seconds)
        {
            var rest = TimeSpan.FromMilliseconds(Math.Ceiling(left * 1000));
            await Task.WhenAny(Task.Delay(rest, cancel), network.Broken);
        }
    }

    private Task Each(string[] words, Action<NodeAddress> act, string done) => EachAsync(
        words,
        node =>
        {
            act(node);
            return Task.CompletedTask;
        },
        done);

    private async Task EachAsync(string[] words, Func<NodeAddress, Task> act, string done)
    {
        foreach (var node in words.Select(Running).ToList())
        {
            await act(node);
            terminal.Output.WriteLine($"{node} {done}");
        }
    }

    private void Leave(NodeAddress node)
    {
        if (network.IsSeedNode(node))
            throw new UsageException(
                $"{node} is a seed node: their set is fixed, so none can leave (kill {network.NameOf(node)})");
        network.Leave(node);
    }

    private async Task RestartAsync(string[] words)
    {
        var node = network.Find(words[0]);
        await network.RestartAsync(node);
        terminal.Output.WriteLine($"{node} restarted");
    }

    private async Task PartitionAsync(string[] words)
    {
        if (network.IsSeparated) throw new UsageException("the network is partitioned already (heal)");
        NodeAddress[] cutOff = [.. words.Select(network.Find).Distinct()];
        if (!network.HasOthersThan(cutOff))
            throw new UsageException("these are all nodes; a partition needs some on the other side");
        await network.SeparateAsync(cutOff);
        terminal.Output.WriteLine($"cut off: {string.Join(" ", cutOff.Select(network.NameOf))}");
    }

    private async Task HealAsync(string[] words)
    {
        if (!network.IsCut) throw new UsageException("there is no partition");
        await network.HealAsync();
        terminal.Output.WriteLine("whole again");
    }

    private Task Say(string[] words)
    {
        var peer = Running(words[0]);
        if (network.IsSeedNode(peer)) throw new UsageException($"{peer} is a seed node: they never gossip");
        network.Say(peer, words[1]);
        terminal.Output.WriteLine($"{peer} publishes");
        return Task.CompletedTask;
    }

    private Task Save(string[] words)
    {
        string file = network.Save(words[0].Trim('"'));
        terminal.Output.WriteLine($"{Numbers.Plural(network.Deeds.Count, "deed")} saved: {file}");
        return Task.CompletedTask;
    }

    private Task Show(Action<LocalNetwork, Terminal> show)
    {
        show(network, terminal);
        return Task.CompletedTask;
    }

    private Task Help()
    {
        foreach (var command in All) terminal.Output.WriteLine($"  {command.Usage,-24}{command.Help}");
        return Task.CompletedTask;
    }

    private NodeAddress Running(string asked) => network.Find(asked) is var node && network.IsRunning(node)
        ? node
        : throw new UsageException($"{node} does not run (restart {network.NameOf(node)})");

    private NodeAddress RunningPeer(string asked) => Running(asked) is var node && !network.IsSeedNode(node)
        ? node
        : throw new UsageException($"{node} is a seed node: they have no links");
}
