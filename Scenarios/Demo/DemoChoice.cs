using System.Globalization;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Demo;

/// <summary>What a user chooses before a demo: everything in it follows from these four.</summary>
internal sealed record DemoChoice
{
    public const int FewestSeedNodes = 1;
    public const int MostSeedNodes = 9;
    public const int FewestPeers = 2;
    public const int MostPeers = 50;

    public int SeedNodes { get; init; } = 3;

    public int Peers { get; init; } = 8;

    public DemoRule Rule { get; init; } = DemoRule.All[0];

    public long RandomSeed { get; init; } = 1;

    /// <summary>From texts as a page or a command line gives them; null takes the default.</summary>
    /// <exception cref="DemoRefusal">One is not allowed; says which, what was found and what is allowed.</exception>
    public static DemoChoice Read(string? seedNodes, string? peers, string? rule, string? randomSeed)
    {
        var standard = new DemoChoice();
        return new DemoChoice
        {
            SeedNodes = (int)Whole("seeds", seedNodes, standard.SeedNodes, FewestSeedNodes, MostSeedNodes),
            Peers = (int)Whole("peers", peers, standard.Peers, FewestPeers, MostPeers),
            Rule = RuleOf(rule ?? standard.Rule.Word),
            RandomSeed = Whole("randomSeed", randomSeed, standard.RandomSeed, 0, (long)Scenario.LargestRandomSeed),
        };
    }

    private static DemoRule RuleOf(string word) =>
        DemoRule.All.FirstOrDefault(rule => rule.Word == word)
        ?? throw new DemoRefusal($"rule: found \"{Shortened(word)}\", allowed is one of {DemoRule.Words}");

    public static long Whole(string name, string? text, long standard, long smallest, long largest)
    {
        if (text is null) return standard;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= smallest && number <= largest)
            return number;
        throw new DemoRefusal(
            $"{name}: found \"{Shortened(text)}\", allowed is a whole number from {smallest} to {largest}");
    }

    /// <summary>What a stranger typed is shown, but not all of it.</summary>
    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "\u2026";
}

/// <summary>A choice that is not allowed, in one line for the user.</summary>
internal sealed class DemoRefusal(string message) : Exception(message);
