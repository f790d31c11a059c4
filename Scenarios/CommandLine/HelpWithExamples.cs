using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>The usual help of a command, and below it lines that can be copied.</summary>
internal sealed class HelpWithExamples(HelpAction help, Terminal terminal) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> examples = new()
    {
        [RunCommand.Name] =
        [
            "gossipsim crash-hub.json",
            "gossipsim run crash-hub.json --runtime sim --random-seed 7",
            "gossipsim run my.json --set peers.count=500 --set faults[0].atSeconds=20 --json",
            "gossipsim run crash-hub.json --runtime sim --runs 100 --precision gossip.latencyMs.p99=2%",
        ],
        [CompareCommand.Name] =
        [
            "gossipsim compare crash-hub.json crash-hub.json --runtime sim --set-b overlay.linksPerJoin=5",
            "gossipsim compare results/before results/after --markdown",
            "gossipsim compare before.json after.json --fail-if 'gossip.latencyMs.p99 > +10 %'",
            "gossipsim compare a.json b.json --runs 50 --metric detection.timeToRemovalMs.max --json",
        ],
        [ValidateCommand.Name] = ["gossipsim validate my.json", "gossipsim validate crash-hub partition --json"],
        [ListCommand.Name] = ["gossipsim list", "gossipsim list --json"],
        [SchemaCommand.Name] = ["gossipsim schema > scenario.schema.json"],
        [AnalyzeCommand.Name] =
        [
            "gossipsim analyze results/latest",
            "gossipsim analyze results/latest --output figures",
            "gossipsim analyze degrees degrees.txt --bootstrap 2500",
        ],
        [AnalyzeCommand.DegreesName] =
        [
            "gossipsim analyze degrees degrees.txt --bootstrap 2500",
            "gossipsim analyze degrees degrees.txt.gz --json",
            "seq 1 900 | gossipsim analyze degrees - --bootstrap 100",
        ],
        [TopologyCommand.Name] =
        [
            "gossipsim topology --rule preferentialAttachment --peers 2000 --runs 20",
            "gossipsim topology --rule zipfRank --zipf-rank-by age --links-per-join 3 --json",
            "gossipsim topology --rule smallWorld --links-per-join 3 --rewiring-probability 0.2 --output small-world",
        ],
        [AnalyzeGraphCommand.Name] =
        [
            "gossipsim analyze graph edges.txt",
            "gossipsim analyze graph results/latest/overlay.graphml --json",
            "zcat edges.csv.gz | gossipsim analyze graph -",
        ],
        [BenchCommand.Name] =
        [
            "gossipsim bench flood --peers 100000 --broadcasts 10",
            "gossipsim bench heartbeat --peers 10000 --seconds 30",
        ],
        [BenchCommand.FloodName] =
        [
            "gossipsim bench flood --peers 1000 --broadcasts 1000",
            "gossipsim bench flood --peers 1000000 --broadcasts 1 --threads 2 --json",
        ],
        [BenchCommand.HeartbeatName] =
        [
            "gossipsim bench heartbeat --peers 10000 --seconds 30",
            "gossipsim bench heartbeat --peers 10000 --seconds 30 --threads 2 --json",
        ],
        [ExplainCommand.Name] =
        [
            "gossipsim explain results/latest",
            "gossipsim explain results/latest --message 17 --peer 127.0.0.1:7003",
            "gossipsim explain results/latest --removal 127.0.0.1:7003",
        ],
        [ExportCommand.Name] =
        [
            "gossipsim export results/latest --format gexf",
            "gossipsim export results/latest --format dot --output - | sfdp -Tsvg > overlay.svg",
            "gossipsim export results/latest --format csv --output links.csv",
        ],
        [DemoCommand.Name] = ["gossipsim demo", "gossipsim demo --seeds 5 --peers 12 --port 8080"],
        [ExploreCommand.Name] =
        [
            "gossipsim explore crash-hub.json --runs 1000",
            "gossipsim explore my.json --faults 10 --allow crash,restart,partition --stop-at-first --output found",
        ],
        [SweepCommand.Name] =
        [
            "gossipsim sweep sweep-detection.json",
            "gossipsim sweep my.json --set sweep.repeats=50 --output my-sweep",
            "gossipsim sweep my.json --shard 3/8 --output my-sweep",
        ],
        [SweepCommand.StatusName] = ["gossipsim sweep status my-sweep"],
        [SweepCommand.MergeName] = ["gossipsim sweep merge my-sweep", "gossipsim sweep merge here there --json"],
        [SubmitCommand.Name] =
        [
            "gossipsim sweep submit my.json --slurm --tasks 64 --partition main --time 01:00:00 --output my-sweep",
            "gossipsim sweep submit my-sweep --slurm",
        ],
        [ManifestCommand.Name] =
            ["gossipsim sweep manifest my-sweep --tasks 64 --image gossipsim:1.0 --claim sweeps | kubectl apply -f -"],
        [ShrinkCommand.Name] =
        [
            "gossipsim shrink found/finding-1-noFalseRemoval.json",
            "gossipsim shrink my.json --invariant noFalseRemoval --seconds 300 --output repro.json",
        ],
        [NodeCommand.SeedName] =
        [
            "gossipsim seed --host 127.0.0.1 --port 6000 --config config.txt",
            "gossipsim seed config.csv 5001",
            "gossipsim seed 192.168.1.20:6000 --config config.yml --disk /var/lib/gossip --keys keys",
        ],
        [NodeCommand.PeerName] =
        [
            "gossipsim peer --host 127.0.0.1 --port 7000 --config config.txt",
            "gossipsim peer config.csv 6001 127.0.0.1",
            "gossipsim peer 7000 --set timing=documents",
            "gossipsim peer 0.0.0.0:7000 --advertise node7.example --security mutualTls --keys keys",
        ],
        [KeysCommand.Name] = ["gossipsim keys create keys --nodes 127.0.0.1:6000-6002,127.0.0.1:7000-7019"],
        [KeysCommand.CreateName] =
        [
            "gossipsim keys create keys --nodes 127.0.0.1:6000-6002,127.0.0.1:7000-7019",
            "gossipsim keys create keys --cluster lab --nodes 192.168.1.20:6000,node7.example:7000 --days 90",
        ],
        [KeysCommand.AddName] = ["gossipsim keys add keys --nodes 127.0.0.1:7020"],
        [KeysCommand.RotateName] = ["gossipsim keys rotate keys", "gossipsim keys rotate keys --step install"],
        [KeysCommand.ShowName] = ["gossipsim keys show keys", "gossipsim keys show keys --json"],
        [UpCommand.Name] =
        [
            "gossipsim up 3 5",
            "gossipsim up 3 20 --dashboard",
            "gossipsim up 3 0 --host 192.168.1.20 --keys keys",
            "gossipsim up 0 10 --config config.txt --peer-port 7100",
        ],
        [ManageCommand.Name] = ["gossipsim manage", "gossipsim manage config.yml < commands.txt"],
        [DashboardCommand.Name] = ["gossipsim dashboard", "gossipsim dashboard results/latest --speed 10"],
        [TestCommand.Name] = ["gossipsim test", "gossipsim test --seed-port 16000 --peer-port 17000 --json"],
        [ReplayCommand.Name] =
        [
            "gossipsim replay results/latest",
            "gossipsim replay results/latest --until 12 --node 127.0.0.1:7003",
            "gossipsim replay results/latest --until 12 --step --kind SUSPECT",
        ],
    };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;
        if (command is RootCommand root)
        {
            ProgramHelp.Write(root, terminal);
            return (int)ExitCode.Held;
        }

        int code = help.Invoke(parseResult);
        string[] lines = examples.GetValueOrDefault(command.Name, []);
        if (lines.Length > 0)
            terminal.Output.WriteLine($"Examples:\n  {string.Join("\n  ", lines)}\n");
        return code;
    }
}
