using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>Why so many votes of so many are enough, and what that is good for, in plain words.</summary>
internal sealed class Majority(int voters, int quorum)
{
    public const string Source = "Documents 000, 001 and 003: quorum = floor(n/2)+1 of the n seed nodes.";

    public int Voters => voters;

    public int Quorum => quorum;

    /// <summary>How many may be missing.</summary>
    public int Spare => voters - quorum;

    /// <summary><c>Two of three voted YES</c>.</summary>
    public string Outcome(NodeAddress[] yes) => $"{NumberWords.Big(yes.Length)} of {NumberWords.Of(voters)} voted YES";

    /// <summary><c>Two of three seed nodes have now voted YES</c>.</summary>
    public string HaveVoted(NodeAddress[] yes) => voters == 1
        ? "The only seed node has now voted YES"
        : $"{NumberWords.Big(yes.Length)} of {NumberWords.Of(voters)} seed nodes have now voted YES";

    /// <summary>What is needed, and why that many.</summary>
    public string Rule => voters switch
    {
        1 => "There is one seed node only, so its own vote decides: floor(1/2)+1 = 1. Nobody can check it, and when it"
            + " fails nobody can come in or be taken off the list. Three seed nodes are the usual choice.",
        _ => $"A change needs more than half of the {NumberWords.Of(voters)} seed nodes: floor({voters}/2)+1 ="
            + $" {quorum}.",
    };

    /// <summary>Why fewer than all are enough.</summary>
    public string WhyEnough => Spare > 0
        ? $"{NumberWords.Big(quorum)} is more than half of {NumberWords.Of(voters)}, so the list changes. The"
            + $" {Others(Spare)} not needed, so {NumberWords.Count(Spare, "seed node")} may be dead or slow and the"
            + " network still works."
        : voters == 1
            ? "One of one is more than half, so the list changes."
            : $"{NumberWords.Big(quorum)} is all of them: with {NumberWords.Of(voters)} seed nodes none may be"
                + " missing. A third one would change that: of three, two are enough.";

    /// <summary>Why fewer than these would not be.</summary>
    public string WhyNoLess => voters == 1
        ? ""
        : $"Fewer would be dangerous: while some cannot hear the others, two groups could decide different things. Any"
            + $" two groups of {NumberWords.Of(quorum)} out of {NumberWords.Of(voters)} have at least"
            + $" {NumberWords.Count((2 * quorum) - voters, "seed node")} in common, and a seed node votes only once,"
            + " so two contradicting changes cannot both get through.";

    public DemoTable Numbers => new(
        "Votes needed, by number of seed nodes",
        ["seed nodes n", "votes needed floor(n/2)+1", "may be missing"],
        [
            .. Enumerable.Range(DemoChoice.FewestSeedNodes, DemoChoice.MostSeedNodes).Select(Row),
        ],
        [voters - DemoChoice.FewestSeedNodes]);

    private static IReadOnlyList<string> Row(int seedNodes)
    {
        var needed = Engine.Protocol.Quorum.Size(seedNodes, QuorumRule.FloorHalfPlusOne);
        return
        [
            NumberWords.Digits(seedNodes), NumberWords.Digits(needed), NumberWords.Digits(seedNodes - needed),
        ];
    }

    private string Others(int spare) => spare > 1 ? $"other {NumberWords.Of(spare)} are"
        : voters == 3 ? "third is"
        : "last one is";
}
