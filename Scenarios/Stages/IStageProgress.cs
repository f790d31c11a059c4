namespace GossipSim.Scenarios.Stages;

/// <summary>Who follows the suite while it runs.</summary>
internal interface IStageProgress
{
    void Begin(Stage stage);

    void Begin(int number, Check check);

    void End(CheckOutcome outcome);
}
