namespace Pipe.MySql.Session;

internal enum RowState
{
    /// <summary>More bytes have to be received first.</summary>
    Incomplete,

    /// <summary>A row is there.</summary>
    Row,

    /// <summary>There are no more rows in this result.</summary>
    End,
}
