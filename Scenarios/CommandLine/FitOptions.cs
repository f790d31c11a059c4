using System.CommandLine;
using GossipSim.Analysis;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>--bootstrap</c> and <c>--random-seed</c> of the commands that fit one power law.</summary>
internal sealed class FitOptions
{
    private const int MostReplicates = 1_000_000;

    private readonly Option<long> bootstrap;

    private readonly Option<long> randomSeed = new("--random-seed")
    {
        Description = "The number from which the replicates derive.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private FitOptions(int replicates) => bootstrap = new("--bootstrap")
    {
        Description = "Replicates for the p-value; 0 leaves it out.",
        HelpName = "N",
        DefaultValueFactory = _ => replicates,
    };

    /// <param name="replicates">The default of --bootstrap.</param>
    public static FitOptions AddTo(Command command, int replicates)
    {
        var options = new FitOptions(replicates);
        command.Add(options.bootstrap);
        command.Add(options.randomSeed);
        return options;
    }

    /// <exception cref="UsageException">A number is out of range.</exception>
    public PowerLawOptions Read(ParseResult parsed) => new()
    {
        Replicates = (int)InRange(parsed, bootstrap, MostReplicates),
        RandomSeed = (ulong)InRange(parsed, randomSeed, (long)Scenario.LargestRandomSeed),
    };

    private static long InRange(ParseResult parsed, Option<long> option, long largest)
    {
        long value = parsed.GetValue(option);
        return value >= 0 && value <= largest
            ? value
            : throw new UsageException(
                $"{option.Name}: found {value}, allowed is a whole number from 0 to {largest}");
    }
}
