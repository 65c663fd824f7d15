namespace LocalOpinions.Report.Data;

/// <summary>Numbers as columns of the page hold them: in two bytes.</summary>
static class PackedNumber
{
    /// <summary>A share or similarity in thousandths, rounded as it is printed.</summary>
    public static ushort Thousandths(double value) => (ushort)Math.Round(Math.Clamp(value, 0, 1) * 1000, MidpointRounding.AwayFromZero);

    /// <summary>A small whole number with its sign: 0, -1, 1, -2, ... as 0, 1, 2, 3, ...</summary>
    public static ushort Unsigned(int value) => (ushort)(value < 0 ? -2 * value - 1 : 2 * value);

    public static ushort Short(int? value) => value is >= 0 and < ColumnBlock.None ? (ushort)value : ColumnBlock.None;
}
