using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>SOURCES D2: a report without a port is heeded only where it can mean one member alone.</summary>
[TestFixture]
internal sealed class ShortReportTests
{
    private static readonly MembershipEntry Reporter = Cast.Member(NodeAddress.Parse("127.0.0.2:7000"));
    private static readonly MembershipEntry Dead = Cast.Member(Cast.Peer(0));
    private static readonly MembershipEntry Beside = Cast.Member(Cast.Peer(1));

    [Test]
    public void On_a_host_of_one_member_it_is_heeded()
    {
        var stage = Stage(Reporter, Dead);

        stage.Reports(Reporter.Address, Dead);

        Assert.That(stage.Host.Reported(EventKind.ReportAmbiguous), Is.Empty);
        Assert.That(stage.LastProposal.Entry, Is.EqualTo(Dead.AsRemoved()));
    }

    [Test]
    public void On_a_host_of_two_it_is_told_of_and_nothing_follows()
    {
        var stage = Stage(Reporter, Dead, Beside);

        stage.Reports(Reporter.Address, Dead);

        Assert.That(stage.Host.Reported(EventKind.ReportAmbiguous).Single().About, Is.EqualTo(Dead.Address));
        Assert.That(stage.Host.All<Propose>(), Is.Empty);
        Assert.That(stage.Host.All<Vote>(), Is.Empty);
    }

    [Test]
    public void Who_is_no_member_any_more_leaves_no_doubt()
    {
        var stage = Stage(Reporter, Dead, Beside);
        stage.OthersAgreeOn(Beside.AsRemoved());
        stage.Host.TurnsPage();

        stage.Reports(Reporter.Address, Dead);

        Assert.That(stage.Host.All<Propose>(), Is.Not.Empty);
    }

    [Test]
    public void A_reporter_of_somebody_removed_is_told_so_all_the_same()
    {
        var stage = Stage(Reporter, Dead, Beside);
        stage.OthersAgreeOn(Dead.AsRemoved());
        stage.Host.TurnsPage();

        stage.Reports(Reporter.Address, Dead);

        Assert.That(stage.Host.SentTo<Removed>(Reporter.Address), Has.Length.EqualTo(1));
    }

    private static SeedNodeStage Stage(params MembershipEntry[] members)
    {
        var stage = new SeedNodeStage(options: new SeedNodeOptions
        {
            SeedNodes = [], RemovalEvidence = RemovalEvidence.TrustReporter, ReportFormat = ReportFormat.WithoutPort,
        });
        foreach (var member in members) stage.OthersAgreeOn(member);
        stage.Host.TurnsPage();
        return stage;
    }
}
