using System.CommandLine;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>keys</c>: the authority, certificates and shared keys of a cluster whose nodes people start.</summary>
internal static class KeysCommand
{
    public const string Name = "keys";

    public const string CreateName = "create";

    public const string AddName = "add";

    public const string RotateName = "rotate";

    public const string ShowName = "show";

    private const int MostDays = 36_500;

    public static Command Create(Terminal terminal, ScenarioLibrary library) =>
        new(Name, "Keys of a cluster, as files.")
        {
            Make(terminal, library), Add(terminal, library), RotateKeysCommand.Create(terminal, library),
            Show(terminal, library),
        };

    public static Argument<string> Folder() => new("folder") { Description = "The folder of the cluster's keys." };

    private static Command Make(Terminal terminal, ScenarioLibrary library)
    {
        Argument<string> folder = Folder();
        var cluster = new Option<string>("--cluster")
        {
            Description = "The cluster's name, which all its certificates have.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "gossip",
        };
        Option<string[]> nodes = Nodes();
        Option<int> days = Days();
        var command = new Command(
            CreateName, "Make an authority, a shared key, and a certificate with a private key for each node.")
        {
            folder, cluster, nodes, days,
        };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(cluster)!;
            if (!System.Text.RegularExpressions.Regex.IsMatch(name, Scenario.NamePattern))
                throw new UsageException($"--cluster: found \"{name}\", allowed is {Scenario.NameWords}");
            var made = new KeyFolder(library.FromCurrentDirectory(parsed.GetValue(folder)!));
            IReadOnlyList<NodeAddress> addresses = Addresses(parsed.GetValue(nodes)!);
            RunSecurity.InWords(() => made.Create(name, addresses, Lifetime(parsed.GetValue(days))));
            terminal.Output.WriteLine($"{made.Directory}: keys of the cluster \"{name}\", {Count(addresses)}");
            terminal.Output.WriteLine(
                "A node needs authority.crt, shared.keys, its own two files of nodes/, and nodes/*.crt of the seed"
                + " nodes. authority.key issues certificates: keep it where no node runs.");
        });
        return command;
    }

    private static Command Add(Terminal terminal, ScenarioLibrary library)
    {
        Argument<string> folder = Folder();
        Option<string[]> nodes = Nodes();
        Option<int> days = Days();
        var command = new Command(AddName, "Make certificates and private keys for more nodes.")
        {
            folder, nodes, days,
        };
        command.SetAction(parsed =>
        {
            var known = new KeyFolder(library.FromCurrentDirectory(parsed.GetValue(folder)!));
            IReadOnlyList<NodeAddress> addresses = Addresses(parsed.GetValue(nodes)!);
            RunSecurity.InWords(() => known.Add(addresses, Lifetime(parsed.GetValue(days))));
            terminal.Output.WriteLine($"{known.Directory}: {Count(addresses)} more");
        });
        return command;
    }

    private static Command Show(Terminal terminal, ScenarioLibrary library)
    {
        Argument<string> folder = Folder();
        Option<bool> json = JsonOption.Create("Print it as JSON.");
        var command = new Command(ShowName, "Whose keys these are, and until when they are good.") { folder, json };
        command.SetAction(parsed =>
        {
            var known = new KeyFolder(library.FromCurrentDirectory(parsed.GetValue(folder)!));
            KeyListing listing = RunSecurity.InWords(() => KeyListing.Of(known));
            if (parsed.GetValue(json)) JsonOption.WriteLine(terminal, listing);
            else listing.Write(terminal.Output);
        });
        return command;
    }

    private static Option<string[]> Nodes() => new("--nodes")
    {
        Description = "Addresses, or hosts with a range of ports: 127.0.0.1:6000-6002,127.0.0.1:7000-7019.",
        HelpName = "host:port,...",
        Required = true,
    };

    private static Option<int> Days() => new("--days")
    {
        Description = "How long certificates are good.",
        HelpName = "N",
        DefaultValueFactory = _ => 365,
    };

    private static TimeSpan Lifetime(int days) => days is >= 1 and <= MostDays
        ? TimeSpan.FromDays(days)
        : throw new UsageException($"--days: found {days}, allowed is a whole number from 1 to {MostDays}");

    private static string Count(IReadOnlyList<NodeAddress> nodes) =>
        nodes.Count == 1 ? "1 certificate" : $"{nodes.Count} certificates";

    private static List<NodeAddress> Addresses(string[] written)
    {
        const string Place = "--nodes";
        var found = new List<NodeAddress>();
        foreach (string text in written.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            int dash = text.LastIndexOf('-');
            bool isRange = dash > text.LastIndexOf(':');
            WrittenAddress first = NetworkFileReader.ReadAddress(isRange ? text[..dash] : text, Place);
            ushort last = isRange ? NetworkFileReader.ReadPort(text[(dash + 1)..], Place) : first.Port;
            if (last < first.Port)
                throw new UsageException($"{Place}: the range \"{text}\" ends at {last}, before {first.Port}");
            uint host = HostNames.Resolve(first.Host, Place);
            for (int port = first.Port; port <= last; port++) found.Add(new NodeAddress(host, (ushort)port));
        }

        if (found.Count == 0)
            throw new UsageException(
                $"{Place}: found nothing, allowed are addresses, as in 127.0.0.1:6000-6002,127.0.0.1:7000");
        if (found.CountBy(node => node).FirstOrDefault(each => each.Value > 1) is { Value: > 1, Key: var twice })
            throw new UsageException($"{Place}: {twice} is there twice");
        return found;
    }
}
